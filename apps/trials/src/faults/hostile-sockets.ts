import { DEMO_INTAKE } from '../demo-process.js';

/** What a client sends, and what has to come of it. */
export interface HostileSocket {
  readonly what: string;
  readonly pieces: readonly string[];
  /** From one piece to the next. */
  readonly everyMs: number;
  /** What the client does once it has sent its first piece. */
  readonly then: 'waits' | 'finishes' | 'aborts' | 'reads nothing';
  /** The statuses that may come; null is an end without an answer. */
  readonly answers: readonly (number | null)[];
}

const REPORTS = '/open311/v2/requests.json';
const BOUNDARY = 'trial-boundary';
const FORM = `api_key=${DEMO_INTAKE.apiKey}&service_code=pothole&lat=42.35&long=-71.06&description=cut`;
const PARTS = [
  ...FORM.split('&').map((pair) => {
    const [name = '', value = ''] = pair.split('=');
    return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  }),
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="media"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n${'x'.repeat(500)}\r\n`,
].join('');

const head = (path: string, ...headers: readonly string[]): string =>
  `POST ${path} HTTP/1.1\r\nHost: city.example\r\n${headers.map((each) => `${each}\r\n`).join('')}\r\n`;
const form = (bytes: number): string => head(REPORTS, 'Content-Type: application/x-www-form-urlencoded', `Content-Length: ${bytes}`);
const multipart = head(REPORTS, `Content-Type: multipart/form-data; boundary=${BOUNDARY}`, `Content-Length: ${PARTS.length + 100}`);
const chunked = head(REPORTS, 'Content-Type: application/x-www-form-urlencoded', 'Transfer-Encoding: chunked');
const json = (bytes: number): string => head('/api/v1/sessions', 'Content-Type: application/json', `Content-Length: ${bytes}`);

const LATE = [408];
/** A request that was never begun may be ended without a word. */
const LATE_OR_ENDED = [408, null];

const stalled = (what: string, sent: string, answers: readonly (number | null)[] = LATE): HostileSocket => ({
  what,
  pieces: [sent],
  everyMs: 0,
  then: 'waits',
  answers,
});
const dripping = (what: string, begun: string, drips: string, answers: readonly (number | null)[] = LATE): HostileSocket => ({
  what,
  pieces: [begun, ...drips],
  everyMs: 500,
  then: 'waits',
  answers,
});
const cut = (what: string, sent: string, then: 'finishes' | 'aborts', answers: readonly (number | null)[]): HostileSocket => ({
  what,
  pieces: [sent],
  everyMs: 0,
  then,
  answers,
});

const STALLED: readonly HostileSocket[] = [
  stalled('says nothing', '', LATE_OR_ENDED),
  stalled('stands still in its request line', 'POST /open311/v2/req'),
  stalled('stands still in its headers', `POST ${REPORTS} HTTP/1.1\r\nHost: city.example\r\nContent-`),
  stalled('stands still in a form', form(FORM.length + 1) + FORM),
  stalled('stands still in JSON', `${json(500)}{"account":"chief"`),
  stalled('stands still in a multipart form', multipart + PARTS.slice(0, 200)),
  stalled('stands still in a file', multipart + PARTS),
  stalled('stands still in a chunk', `${chunked}20\r\n${FORM.slice(0, 8)}`),
  stalled('never sends its last chunk', `${chunked}${FORM.length.toString(16)}\r\n${FORM}\r\n`),
  dripping('drips its headers', `POST ${REPORTS} HTTP/1.1\r\nHost: city.example\r\n`, 'X-Slow: '.padEnd(100, 'x')),
  dripping('drips a form', form(5_000), FORM.padEnd(100, 'x')),
  dripping('drips JSON', json(5_000), '{"account":"'.padEnd(100, 'x')),
];

const READ_NOTHING: HostileSocket = {
  what: 'asks for much and reads nothing',
  pieces: [`GET ${REPORTS} HTTP/1.1\r\nHost: city.example\r\n\r\n`.repeat(200)],
  everyMs: 0,
  then: 'reads nothing',
  answers: [200, 429, null],
};

/** A cut at each of so many places of a body. */
const CUTS = 8;
const placesIn = (text: string): readonly number[] =>
  Array.from({ length: CUTS }, (_none, index) => Math.floor((text.length * index) / CUTS));

const CUT: readonly HostileSocket[] = [
  ...placesIn(PARTS).map((at) => cut(`ends a multipart form at byte ${at}`, multipart + PARTS.slice(0, at), 'finishes', [400, 408, null])),
  ...placesIn(FORM).map((at) => cut(`ends a form at byte ${at}`, form(FORM.length) + FORM.slice(0, at), 'finishes', [400, 408, null])),
  ...placesIn(FORM).map((at) => cut(`breaks a form off at byte ${at}`, form(FORM.length) + FORM.slice(0, at), 'aborts', [null])),
  cut('sends garbage for a chunk', `${chunked}zz\r\n${FORM}\r\n0\r\n\r\n`, 'finishes', [400]),
  cut('sends no HTTP at all', 'SSH-2.0-OpenSSH_9.9\r\n', 'finishes', [400]),
];

const fields = (count: number, of: (index: number) => string, between: string): string =>
  Array.from({ length: count }, (_none, index) => of(index)).join(between);
const MANY_MEMBERS = `{${fields(26_000, (index) => `"f${index}":1`, ',')}}`;
const MANY_FIELDS = `api_key=none&${fields(45_000, (index) => `f${index}=1`, '&')}`;
const DEEP = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;

/** A body that is too large may be broken off before it came in whole. */
const REFUSED = [400, 401, 403, 413, null];

const DEAR: readonly HostileSocket[] = [
  cut('sends 26,000 members', json(MANY_MEMBERS.length) + MANY_MEMBERS, 'finishes', REFUSED),
  cut('sends 45,000 fields', form(MANY_FIELDS.length) + MANY_FIELDS, 'finishes', REFUSED),
  cut('sends lists in 10,000 lists', json(DEEP.length) + DEEP, 'finishes', REFUSED),
];

export const HOSTILE_SOCKETS: readonly HostileSocket[] = [...STALLED, READ_NOTHING, ...CUT, ...DEAR];
