import { jsonProblems } from './json-problems.js';

describe('what is wrong with a text of JSON', () => {
  it.each([
    ['{"a":1,"a":2}', ['a: stands twice']],
    ['{"a":[{"b":1},{"b":1,"c":{"d":1,"d":1}}]}', ['a[1].c.d: stands twice']],
    ['[{"x":0},{"x":0,"x":0}]', ['[1].x: stands twice']],
    ['{"a":1,"\\u0061":2}', ['a: stands twice']],
    ['{"a\\"}":1,"b":"{\\"c\\":1,\\"c\\":2}","b":3}', ['b: stands twice']],
    ['{"__proto__":1,"__proto__":2}', ['__proto__: stands twice']],
    ['{"a":{"b":1},"c":{"b":1},"d":["x","x",{"b":[]}]}', []],
    ['"a,{"', []],
  ])('%s', (text, problems) => {
    expect(jsonProblems(text)).toEqual(problems);
  });

  it('names the first place that stands too deep, and follows no further', () => {
    expect(jsonProblems(`{"a":${'['.repeat(100)}${']'.repeat(100)}}`)).toEqual([
      expect.stringMatching(/^a(\[0\])+: stands deeper than 64 levels$/),
    ]);
  });
});
