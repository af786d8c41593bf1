import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { compressAnswers, takesGzip } from './compress-answers.js';

const LONG = 'one row after another '.repeat(100);

async function sent(payload: unknown, { accepts = 'gzip', type = 'application/json; charset=utf-8', more = {} } = {}) {
  const headers = new Map<string, unknown>([['content-type', type], ...Object.entries<unknown>(more)]);
  const reply = {
    getHeader: (name: string) => headers.get(name),
    hasHeader: (name: string) => headers.has(name),
    header: (name: string, value: string) => headers.set(name, value),
    removeHeader: (name: string) => headers.delete(name),
  };
  return { body: await compressAnswers({ headers: { 'accept-encoding': accepts } }, reply, payload), headers };
}

describe('an answer', () => {
  it.each(['application/json', 'application/problem+json', 'text/xml; charset=utf-8', 'text/html', 'text/csv', 'application/yaml'])(
    'of more than 1 KB is compressed: %s',
    async (type) => {
      const { body, headers } = await sent(LONG, { type, more: { 'content-length': '2200' } });
      expect(gunzipSync(body as Buffer).toString()).toBe(LONG);
      expect(Object.fromEntries(headers)).toEqual({ 'content-type': type, 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    },
  );

  it('is left alone where it is short, encoded already, no text, or a stream', async () => {
    for (const [payload, options] of [
      ['x'.repeat(1_024), {}],
      [LONG, { more: { 'content-encoding': 'br' } }],
      [Buffer.alloc(2_000), { type: 'image/png' }],
      [LONG, { type: 'text/event-stream' }],
      [Readable.from([LONG]), {}],
      [null, {}],
    ] as const)
      expect((await sent(payload, options)).body).toBe(payload);
  });

  it('says that it depends on what the client takes, also where that is nothing', async () => {
    const { body, headers } = await sent(LONG, { accepts: 'br', more: { vary: 'Origin' } });
    expect([body, headers.get('vary'), headers.has('content-encoding')]).toEqual([LONG, 'Origin, Accept-Encoding', false]);
  });
});

describe('a client', () => {
  it.each(['gzip', 'br, GZIP;q=0.5', '*', 'deflate, x-gzip', 'gzip; q=1.0', 'br;q=0, *;q=0.1'])('takes gzip by %j', (header) =>
    expect(takesGzip(header)).toBe(true),
  );
  it.each(['', 'br', 'gzip;q=0', 'gzip;q=0.000', '*;q=0', 'gzip;q=0, *', 'gzipped'])('takes none by %j', (header) =>
    expect(takesGzip(header)).toBe(false),
  );
  it('that says nothing takes none', () => expect(takesGzip(undefined)).toBe(false));
});
