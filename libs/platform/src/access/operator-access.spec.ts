import { OperatorAccess, type OperatorRequest, type OperatorSettings } from './operator-access.js';

const TOKEN = 'o'.repeat(40);
const PORT = 9_110;
const request = (authorization?: string, localPort = 3_110): OperatorRequest => ({
  headers: { authorization },
  raw: { socket: { localPort } },
});
const admits = (settings: Partial<OperatorSettings>, asked: OperatorRequest): boolean =>
  new OperatorAccess({ token: '', port: 0, isDemo: false, ...settings }).admits(asked);

it.each([
  ['the token', { token: TOKEN }, request(`Bearer ${TOKEN}`), true],
  ['another token', { token: TOKEN }, request(`Bearer ${TOKEN}x`), false],
  ['no token', { token: TOKEN }, request(), false],
  ['an empty token where none is set', {}, request('Bearer '), false],
  ['a connection to the port', { port: PORT }, request(undefined, PORT), true],
  ['a connection to another port', { port: PORT }, request(), false],
  ['a connection without a port where none is set', {}, { headers: {}, raw: { socket: {} } }, false],
  ['anything in a demonstration', { isDemo: true }, request(), true],
  ['nothing in a demonstration with a token', { isDemo: true, token: TOKEN }, request(), false],
  ['nothing in a demonstration with a port', { isDemo: true, port: PORT }, request(), false],
] as const)('%s', (_what, settings, asked, isAdmitted) => {
  expect(admits(settings, asked)).toBe(isAdmitted);
});
