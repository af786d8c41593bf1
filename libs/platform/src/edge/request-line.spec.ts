import { headerProblems, urlProblems } from './request-line.js';

describe('the URL of a request', () => {
  it.each(['/', '/a?b', '/a?b=%20+&c=%C3%A9&&d==', `/a?${Array.from({ length: 100 }, () => 'a=1').join('&')}`])('may be %s', (url) => {
    expect(urlProblems(url)).toEqual([]);
  });

  it.each<[string, string]>([
    ['/a?from=%', 'from: has a % that two hexadecimal digits do not follow'],
    ['/a?from=2026%2', 'from: has a % that two hexadecimal digits do not follow'],
    ['/a?fr%6Fm=%FF', 'from: is not well-formed UTF-8'],
    ['/a?a=1&%zz=1', 'The name of a parameter has a % that two hexadecimal digits do not follow'],
    ['/a?%C3=1', 'The name of a parameter is not well-formed UTF-8'],
    ['/caf\u00e9', 'The URL must be percent-encoded: it has other characters than ASCII'],
    [`/a?${'a&'.repeat(7_000)}`, 'The query must have at most 100 parameters'],
  ])('may not be %s', (url, problem) => {
    expect(urlProblems(url)).toEqual([problem]);
  });
});

describe('the headers of a request', () => {
  it.each<[readonly string[], string, readonly string[]]>([
    [['Host', 'a', 'Accept', 'x', 'Accept', 'y'], '1.1', []],
    [[], '1.0', []],
    [[], '1.1', ['Host: is required']],
    [['host', 'a', 'HOST', 'a'], '1.1', ['Host: must be given once']],
    [['Host', 'a', 'If-Match', '"1"', 'if-match', '"2"'], '1.1', ['If-Match: must be given once']],
    [
      ['Host', 'a', 'Authorization', 'Bearer a', 'authorization', 'Bearer b', 'Authorization', ''],
      '1.1',
      ['Authorization: must be given once'],
    ],
  ])('%j over HTTP/%s: %j', (headers, version, problems) => {
    expect(headerProblems(headers, version)).toEqual(problems);
  });
});
