import { randomUUID } from 'node:crypto';
import { type AppendExpectedRevision, jsonEvent } from '@eventstore/db-client';
import type { ClientError, ServerUnderTest } from './server-under-test.js';

/** The state of the stream before the append. [A, B, C] are its first events; a revived one has D after them, and shows D only. */
type State = 'absent' | 'existing' | 'truncated' | 'soft-deleted' | 'revived' | 'tombstoned';

type Answer =
  | { readonly kind: 'written'; readonly revision: number }
  /** Success, though nothing is written. */
  | { readonly kind: 'already'; readonly revision: number; readonly hasPosition: boolean }
  | { readonly kind: 'refused'; readonly type: string; readonly actual?: bigint | 'no_stream' }
  | { readonly kind: 'none' };

const written = (revision: number): Answer => ({ kind: 'written', revision });
const already = (revision: number): Answer => ({ kind: 'already', revision, hasPosition: true });
/** A retry of events that are hidden by now. */
const hidden = (revision: number): Answer => ({ kind: 'already', revision, hasPosition: false });
const wrong = (actual: bigint | 'no_stream'): Answer => ({ kind: 'refused', type: 'wrong-expected-version', actual });
const DELETED: Answer = { kind: 'refused', type: 'stream-deleted' };
const NONE: Answer = { kind: 'none' };

const TABLE: readonly (readonly [state: State, expected: AppendExpectedRevision, ids: string, answer: Answer])[] = [
  ['absent', 'no_stream', 'X', written(0)],
  ['existing', 2n, 'XY', written(4)],
  ['existing', 2n, 'A', written(3)],
  ['existing', 'no_stream', 'ABC', already(2)],
  ['existing', 'no_stream', 'AB', already(1)],
  ['existing', 0n, 'B', already(1)],
  ['existing', 0n, 'BC', already(2)],
  ['existing', 'no_stream', 'X', wrong(2n)],
  ['existing', 0n, 'C', wrong(2n)],
  ['existing', 'no_stream', 'AX', wrong(2n)],
  ['existing', 1n, 'CX', wrong(2n)],
  ['existing', 3n, 'X', wrong(2n)],
  ['absent', 0n, 'X', wrong('no_stream')],
  ['truncated', 'no_stream', 'AB', hidden(1)],
  ['truncated', 'no_stream', 'ABC', already(2)],
  ['truncated', 2n, 'X', written(3)],
  ['soft-deleted', 'no_stream', 'X', written(3)],
  ['soft-deleted', 2n, 'X', written(3)],
  ['soft-deleted', 'any', 'X', written(3)],
  ['soft-deleted', 'no_stream', 'ABC', hidden(2)],
  ['soft-deleted', 'no_stream', 'AX', wrong(2n)],
  ['soft-deleted', 1n, 'X', wrong(2n)],
  ['soft-deleted', 5n, 'X', wrong(2n)],
  ['revived', 'no_stream', 'ABC', hidden(2)],
  ['revived', 2n, 'D', already(3)],
  ['revived', 'no_stream', 'X', wrong(3n)],
  ['existing', 'any', 'B', already(1)],
  ['existing', 'stream_exists', 'AB', already(1)],
  ['existing', 'any', 'BX', wrong(2n)],
  ['existing', 'any', 'XB', written(4)],
  ['existing', 'any', 'CBA', NONE],
  ['existing', 'stream_exists', 'X', written(3)],
  ['absent', 'any', 'X', written(0)],
  ['absent', 'stream_exists', 'X', wrong('no_stream')],
  ['soft-deleted', 'stream_exists', 'X', DELETED],
  ['tombstoned', 'no_stream', 'X', DELETED],
  ['tombstoned', 'any', 'X', DELETED],
  ['tombstoned', 2n, 'X', DELETED],
];

/** How long to wait before an append counts as never answered. */
const ANSWERED_WITHIN_MS = 1_000;

/** The answer to an append by the state of its stream, the expected revision and the event ids. */
export function appendTable(open: () => Promise<ServerUnderTest>): void {
  const run = randomUUID();
  const ids = new Map([...'ABCDXY'].map((letter) => [letter, randomUUID()]));
  const eventsOf = (letters: string) => [...letters].map((letter) => jsonEvent({ id: ids.get(letter) ?? letter, type: 'Noted', data: {} }));

  describe.each(['as a call of its own', 'over the shared call'] as const)('an append %s', (way) => {
    let server: ServerUnderTest;
    beforeAll(async () => {
      server = await open();
    });
    afterAll(() => server.close());
    const caller = () => (way === 'as a call of its own' ? { credentials: server.credentials } : {});
    const append = (stream: string, letters: string, expectedRevision: AppendExpectedRevision, deadline = 10_000) =>
      server.client.appendToStream(stream, eventsOf(letters), { expectedRevision, deadline, ...caller() });

    const prepare = async (state: State): Promise<string> => {
      const stream = `note_${randomUUID()}`;
      if (state === 'absent') return stream;
      await append(stream, 'ABC', 'no_stream');
      if (state === 'truncated') await server.admin.setStreamMetadata(stream, { truncateBefore: 2 });
      if (state === 'soft-deleted' || state === 'revived') await server.admin.deleteStream(stream);
      if (state === 'revived') await append(stream, 'D', 'no_stream');
      if (state === 'tombstoned') await server.admin.tombstoneStream(stream);
      return stream;
    };

    /** The letters of the events that a reader of the stream sees. */
    const seen = async (stream: string): Promise<string> => {
      let letters = '';
      try {
        for await (const { event } of server.client.readStream(stream)) letters += [...ids].find(([, id]) => id === event?.id)?.[0] ?? '?';
      } catch (error) {
        expect((error as { readonly type: string }).type).toMatch(/^stream-(not-found|deleted)$/);
      }
      return letters;
    };

    it.each(TABLE)('on a stream that is %s, at %s, of %s', async (state, expected, letters, answer) => {
      const stream = await prepare(state);
      const before = await seen(stream);
      const outcome = await Promise.race([
        append(stream, letters, expected, answer.kind === 'none' ? ANSWERED_WITHIN_MS : 10_000).catch(
          (error: unknown) => error as ClientError,
        ),
        ...(answer.kind === 'none' ? [new Promise<null>((resolve) => setTimeout(resolve, ANSWERED_WITHIN_MS + 500, null))] : []),
      ]);
      expect(await seen(stream)).toBe(answer.kind === 'written' ? before + letters : before);
      if (answer.kind === 'none') return expect(outcome === null || ('type' in outcome && outcome.type === 'deadline-exceeded')).toBe(true);
      if (answer.kind === 'refused') {
        return expect(outcome).toMatchObject({ type: answer.type, ...(answer.actual !== undefined && { actualVersion: answer.actual }) });
      }
      expect(outcome).toMatchObject({ success: true, nextExpectedRevision: BigInt(answer.revision) });
      expect(outcome && 'position' in outcome && outcome.position !== undefined).toBe(answer.kind === 'written' || answer.hasPosition);
    });

    it('refuses too many bytes, and invalid ids', async () => {
      const tooLarge = jsonEvent({ type: 'Noted', data: { text: 'x'.repeat(1024 * 1024) } });
      const options = { expectedRevision: 'no_stream', ...caller() } as const;
      await expect(server.client.appendToStream(`large_${run}`, tooLarge, options)).rejects.toMatchObject({
        type: 'maximum-append-size-exceeded',
      });
      for (const id of ['not-a-uuid', '00000000-0000-0000-0000-000000000000']) {
        await expect(server.client.appendToStream(`bad_${run}`, jsonEvent({ id, type: 'Noted', data: {} }), options)).rejects.toMatchObject(
          { type: 'unknown' },
        );
      }
      await expect(append(`bad_${run}`, 'X', 0n)).rejects.toMatchObject({ actualVersion: 'no_stream' });
    });
  });
}
