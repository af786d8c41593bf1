import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, type AppendExpectedRevision } from '@eventstore/db-client';
import type { EventStoreDbDouble } from './double.js';
import { startEventStoreDbDouble } from './start.js';

const A = randomUUID();
const B = randomUUID();
const C = randomUUID();
const X = randomUUID();
const Y = randomUUID();
const NAMES: readonly string[] = [A, B, C, X, Y];

/** The state of the stream before the append: [A, B, C] has three events. */
type State = 'absent' | 'standing' | 'soft-deleted' | 'tombstoned';

interface Row {
  readonly state: State;
  readonly expected: AppendExpectedRevision;
  readonly ids: readonly string[];
  /** The ids that stand in the log afterwards, where the answer is a success; else the type of the error. */
  readonly answer: { readonly revision: number; readonly written: boolean; readonly hasPosition?: false } | { readonly error: string; readonly actual?: bigint | 'no_stream' };
}

const written = (revision: number) => ({ revision, written: true });
const already = (revision: number) => ({ revision, written: false });
const wrong = (actual: bigint | 'no_stream') => ({ error: 'wrong-expected-version', actual });

const TABLE: readonly Row[] = [
  { state: 'absent', expected: 'no_stream', ids: [X], answer: written(0) },
  { state: 'standing', expected: 2n, ids: [X, Y], answer: written(4) },
  { state: 'standing', expected: 2n, ids: [A], answer: written(3) },
  { state: 'standing', expected: 'no_stream', ids: [A, B, C], answer: already(2) },
  { state: 'standing', expected: 'no_stream', ids: [A, B], answer: already(1) },
  { state: 'standing', expected: 0n, ids: [B], answer: already(1) },
  { state: 'standing', expected: 0n, ids: [B, C], answer: already(2) },
  { state: 'standing', expected: 'no_stream', ids: [X], answer: wrong(2n) },
  { state: 'standing', expected: 0n, ids: [C], answer: wrong(2n) },
  { state: 'standing', expected: 'no_stream', ids: [A, X], answer: wrong(2n) },
  { state: 'standing', expected: 1n, ids: [C, X], answer: wrong(2n) },
  { state: 'standing', expected: 3n, ids: [X], answer: wrong(2n) },
  { state: 'absent', expected: 0n, ids: [X], answer: wrong('no_stream') },
  { state: 'soft-deleted', expected: 'no_stream', ids: [X], answer: written(3) },
  { state: 'soft-deleted', expected: 'no_stream', ids: [A, B, C], answer: { ...already(2), hasPosition: false } },
  { state: 'standing', expected: 'any', ids: [B], answer: already(1) },
  { state: 'standing', expected: 'stream_exists', ids: [A, B], answer: already(1) },
  { state: 'standing', expected: 'any', ids: [B, X], answer: wrong(2n) },
  { state: 'standing', expected: 'any', ids: [X, B], answer: written(4) },
  { state: 'standing', expected: 'stream_exists', ids: [X], answer: written(3) },
  { state: 'absent', expected: 'any', ids: [X], answer: written(0) },
  { state: 'absent', expected: 'stream_exists', ids: [X], answer: wrong('no_stream') },
  { state: 'soft-deleted', expected: 'stream_exists', ids: [X], answer: { error: 'stream-deleted' } },
  ...(['no_stream', 'any', 2n] as const).map((expected) => ({ state: 'tombstoned' as const, expected, ids: [X], answer: { error: 'stream-deleted' } })),
];

describe.each([
  ['as a call of its own', { username: 'nobody', password: 'nothing' }],
  ['over the shared call', undefined],
] as const)('the double answers an append %s', (_way, credentials) => {
  let double: EventStoreDbDouble;
  let client: EventStoreDBClient;
  beforeAll(async () => {
    double = await startEventStoreDbDouble();
    client = EventStoreDBClient.connectionString(double.connectionString);
  });
  afterAll(async () => {
    await client.dispose();
    await double.close();
  });
  const append = (stream: string, ids: readonly string[], expectedRevision: AppendExpectedRevision) =>
    client.appendToStream(stream, ids.map((id) => jsonEvent({ id, type: 'Noted', data: {} })), { expectedRevision, ...(credentials && { credentials }) });

  let count = 0;
  const prepare = async (state: State): Promise<string> => {
    const stream = `note-${++count}`;
    if (state === 'absent') return stream;
    await append(stream, [A, B, C], 'no_stream');
    if (state === 'soft-deleted') await client.deleteStream(stream);
    if (state === 'tombstoned') await client.tombstoneStream(stream);
    return stream;
  };

  it.each(TABLE.map((row) => [row.state, row.expected, row.ids.map((id) => 'ABCXY'[NAMES.indexOf(id)]).join(''), row] as const))(
    'on a stream that is %s, at %s, of %s',
    async (state, expected, _ids, { ids, answer }) => {
      const stream = await prepare(state);
      const before = double.eventCount;
      const outcome = await append(stream, ids, expected).catch((error: unknown) => error as { readonly type: string; readonly actualVersion: unknown });
      if ('error' in answer) {
        expect(outcome).toMatchObject({ type: answer.error, ...('actual' in answer && { actualVersion: answer.actual }) });
        expect(double.eventCount).toBe(before);
        return;
      }
      expect(outcome).toMatchObject({ success: true, nextExpectedRevision: BigInt(answer.revision) });
      expect('position' in outcome && outcome.position !== undefined).toBe(answer.hasPosition !== false);
      // Reviving a stream writes its metadata too.
      expect(double.eventCount - before).toBe(answer.written ? ids.length + (state === 'soft-deleted' ? 1 : 0) : 0);
    },
  );

  it('refuses what is too large, and ids that are none', async () => {
    const tooLarge = jsonEvent({ type: 'Noted', data: { text: 'x'.repeat(1024 * 1024) } });
    const options = { expectedRevision: 'no_stream', ...(credentials && { credentials }) } as const;
    await expect(client.appendToStream('note-large', tooLarge, options)).rejects.toMatchObject({ type: 'maximum-append-size-exceeded' });
    for (const id of ['not-a-uuid', '00000000-0000-0000-0000-000000000000']) {
      await expect(append('note-bad', [id], 'no_stream')).rejects.toMatchObject({ type: 'unknown' });
    }
    await expect(append('note-bad', [X], 0n)).rejects.toMatchObject({ actualVersion: 'no_stream' });
  });
});
