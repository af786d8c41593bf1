import { randomUUID } from 'node:crypto';
import { type AllStreamResolvedEvent, BACKWARDS, END, FORWARDS, type Position, START } from '@eventstore/db-client';
import { appendEach, type ServerUnderTest } from './server-under-test.js';

const TOMBSTONE_REVISION = 9_223_372_036_854_775_807n;

/** The answers to reads of a stream and of `$all`, also after deletion and with metadata. */
export function readTable(open: () => Promise<ServerUnderTest>): void {
  describe('a read', () => {
    let server: ServerUnderTest;
    let stream: string;
    beforeAll(async () => {
      server = await open();
    });
    afterAll(() => server.close());
    beforeEach(() => {
      stream = `read_${randomUUID()}-1`;
    });

    type ReadStreamOptions = Parameters<ServerUnderTest['client']['readStream']>[1];
    const append = (count: number): Promise<readonly Position[]> => appendEach(server.client, stream, count);
    const revisions = async (options?: ReadStreamOptions, of = stream, by = server.client): Promise<bigint[]> => {
      const read = [];
      for await (const { event } of by.readStream(of, options)) read.push(event?.revision ?? -1n);
      return read;
    };
    const all = async (options: Parameters<ServerUnderTest['client']['readAll']>[0]): Promise<AllStreamResolvedEvent[]> => {
      const events = [];
      for await (const event of server.client.readAll(options)) events.push(event);
      return events;
    };
    /** The positions of this test's stream only: a server writes events of its own in between. */
    const mine = (events: readonly AllStreamResolvedEvent[]) =>
      events.flatMap(({ event }) => (event?.streamId === stream ? [event.position.commit] : []));
    const head = async (): Promise<Position> =>
      (await all({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }))[0]?.event?.position as Position;
    const behind = ({ commit, prepare }: Position, bytes: bigint): Position => ({ commit: commit + bytes, prepare: prepare + bytes });

    it.each<[string, ReadStreamOptions, readonly bigint[] | 'unknown']>([
      ['from the start', {}, [0n, 1n, 2n, 3n, 4n]],
      ['from a revision, so many', { fromRevision: 1n, maxCount: 2 }, [1n, 2n]],
      ['from behind the head', { fromRevision: 9n }, []],
      ['forwards from the end', { direction: FORWARDS, fromRevision: END }, 'unknown'],
      ['of no event', { maxCount: 0 }, 'unknown'],
      ['backwards from the end', { direction: BACKWARDS, fromRevision: END, maxCount: 2 }, [4n, 3n]],
      ['backwards from a revision', { direction: BACKWARDS, fromRevision: 1n }, [1n, 0n]],
      ['backwards from behind the head', { direction: BACKWARDS, fromRevision: 9n, maxCount: 2 }, [4n, 3n]],
    ])('of a stream %s', async (_title, options, expected) => {
      await append(5);
      if (expected === 'unknown') await expect(revisions(options)).rejects.toMatchObject({ type: 'unknown' });
      else expect(await revisions(options)).toEqual(expected);
    });

    it('of a stream that is missing, deleted, revived and tombstoned', async () => {
      await expect(revisions()).rejects.toMatchObject({ type: 'stream-not-found' });
      await append(3);
      await server.admin.deleteStream(stream);
      await expect(revisions()).rejects.toMatchObject({ type: 'stream-not-found' });
      const [revived] = await append(1);
      expect(await revisions()).toEqual([3n]);
      // The metadata that revives it is written after the event.
      const [metadata] = (await all({ fromPosition: revived as Position })).filter(({ event }) => event?.streamId === `$$${stream}`);
      expect(metadata?.event?.data).toEqual({ $tb: 3 });
      const { position } = await server.admin.tombstoneStream(stream);
      await expect(revisions()).rejects.toMatchObject({ type: 'stream-deleted' });
      const [mark] = await all({ fromPosition: position as Position, maxCount: 1 });
      expect(mark?.event).toMatchObject({ type: '$streamDeleted', streamId: stream, revision: TOMBSTONE_REVISION, isJson: false });
      expect(mark?.event?.data).toHaveLength(0);
    });

    it('of a stream that was deleted before it existed', async () => {
      await expect(server.admin.deleteStream(stream)).rejects.toMatchObject({ type: 'wrong-expected-version', actualVersion: -1n });
      await append(2);
      await expect(server.admin.deleteStream(stream, { expectedRevision: 5n })).rejects.toMatchObject({
        type: 'wrong-expected-version',
        actualVersion: 1n,
      });
      expect(await revisions()).toEqual([0n, 1n]);
      const never = `${stream}-never`;
      await server.admin.tombstoneStream(never);
      await expect(revisions({}, never)).rejects.toMatchObject({ type: 'stream-deleted' });
    });

    it('of a stream that is truncated by its metadata, which hides nothing of $all', async () => {
      const [first] = await append(5);
      await server.admin.setStreamMetadata(stream, { truncateBefore: 2 });
      expect(await revisions()).toEqual([2n, 3n, 4n]);
      expect(await revisions({ fromRevision: 0n, maxCount: 2 })).toEqual([2n, 3n]);
      await server.admin.setStreamMetadata(stream, { maxCount: 1 });
      expect(await revisions()).toEqual([4n]);
      expect(await revisions({ direction: BACKWARDS, fromRevision: END })).toEqual([4n]);
      await server.admin.setStreamMetadata(stream, { truncateBefore: 9 });
      expect(await revisions()).toEqual([]);
      expect(mine(await all({ fromPosition: first as Position }))).toHaveLength(5);
      expect(await revisions({}, `$$${stream}`, server.admin)).toEqual([2n]);
    });

    it('of $all includes forwards the event at the position, and backwards not', async () => {
      const [first, second, third, fourth] = await append(4);
      expect(mine(await all({ fromPosition: second as Position }))).toEqual([second?.commit, third?.commit, fourth?.commit]);
      expect(mine(await all({ direction: BACKWARDS, fromPosition: third as Position, maxCount: 9 }))).toEqual([
        second?.commit,
        first?.commit,
      ]);
      expect(await all({ direction: FORWARDS, fromPosition: END })).toEqual([]);
      expect(await all({ fromPosition: START, maxCount: 1 })).toEqual(
        await all({ fromPosition: { commit: 0n, prepare: 0n }, maxCount: 1 }),
      );
      const positions = (await all({ fromPosition: first as Position })).map(({ event }) => event?.position.commit ?? -1n);
      // Positions count bytes, not events.
      expect(positions.every((position, index) => index === 0 || position > (positions[index - 1] ?? position) + 1n)).toBe(true);
    });

    it('of $all from a position at which no event begins', async () => {
      const [first, second] = await append(2);
      await expect(all({ fromPosition: behind(first as Position, 1n) })).rejects.toMatchObject({ type: 'unknown' });
      await expect(all({ direction: BACKWARDS, fromPosition: behind(first as Position, 1n) })).rejects.toMatchObject({ type: 'unknown' });
      const mixed = { commit: second?.commit ?? 0n, prepare: first?.prepare ?? 0n };
      await expect(all({ fromPosition: mixed })).rejects.toMatchObject({ type: 'unknown' });
    });

    it.each([1n, 100n, 1_000_000_000n])('of $all from %i bytes behind the head', async (bytes) => {
      await append(1);
      const position = behind(await head(), bytes);
      expect(await all({ fromPosition: position })).toEqual([]);
      await expect(all({ direction: BACKWARDS, fromPosition: position })).rejects.toMatchObject({ type: 'unknown' });
    });
  });
}
