import { headerProblems, queryProblems, urlProblems } from './request-line.js';

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

describe('the parameters of a query', () => {
  const known = new Set(['from', 'größe']);
  it.each<[string, readonly string[]]>([
    ['/a', []],
    ['/a?', []],
    ['/a?from=1&&from=2&gr%C3%B6%C3%9Fe=3', []],
    ['/a?From=1', ['From: there is no such parameter here']],
    ['/a?to=1&from=2&to=3&by', ['to: there is no such parameter here', 'by: there is no such parameter here']],
    ['/a?constructor=1', ['constructor: there is no such parameter here']],
    [`/a?${'x'.repeat(200)}=1`, [`${'x'.repeat(100)}: there is no such parameter here`]],
  ])('of %s: %j', (url, problems) => {
    expect(queryProblems(url, known)).toEqual(problems);
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
