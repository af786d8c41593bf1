import { isSameOrigin } from './traffic.controller.js';

const host = 'localhost:3110';

describe('a form', () => {
  it.each([
    ['of our own page', { host, origin: 'http://localhost:3110', 'sec-fetch-site': 'same-origin' }, true],
    ['of our own page, where the browser does not trust the connection', { host, origin: 'http://localhost:3110' }, true],
    ['of a program', { host }, true],
    ["of another site's page", { host, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, false],
    ["of another site's page, where the browser does not trust the connection", { host, origin: 'https://evil.example' }, false],
    ['of a neighbour on another port', { host, origin: 'http://localhost:8080', 'sec-fetch-site': 'same-site' }, false],
    ['of a page that hides where it comes from', { host, origin: 'null' }, false],
  ])('%s', (_name, headers, expected) => {
    expect(isSameOrigin(headers)).toBe(expected);
  });
});
