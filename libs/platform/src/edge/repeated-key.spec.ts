import fc from 'fast-check';
import { repeatedKey } from './repeated-key.js';

describe('a JSON text', () => {
  it.each<[string, string | null]>([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":{"b":1,"c":[{"d":1,"d":1}]}}', 'd'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"a\\\\":1,"b":"\\\\\\"","a\\\\":2}', 'a\\'],
    ['{"":1,"":2}', ''],
    ['{"a":{"a":{"a":1}},"b":["a","a",{"a":1},{"a":1}]}', null],
    ['["a","a"]', null],
    ['{"a":"b","b":"a, \\"a\\": {"}', null],
    ['"a"', null],
    ['7', null],
  ])('%s repeats %j', (text, key) => {
    expect(repeatedKey(text)).toBe(key);
  });

  it('repeats none where a value was written, and the one that is put in twice', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { minKeys: 1 }), (value) => {
        const text = JSON.stringify(value);
        const [first = ''] = Object.keys(JSON.parse(text) as object);
        const twice = `${text.slice(0, -1)},${JSON.stringify(first)}:0}`;
        expect([repeatedKey(text), repeatedKey(twice)]).toEqual([null, first]);
      }),
    );
  });
});
