import { randomUUID } from 'node:crypto';
import { END, type Position, streamNameFilter } from '@eventstore/db-client';
import { until } from '../../../until.js';
import { appendEach, follow, type ServerUnderTest } from './server-under-test.js';

/** Where subscriptions to `$all` begin, and when they send checkpoints. */
export function subscribeTable(open: () => Promise<ServerUnderTest>): void {
  describe('a subscription', () => {
    let server: ServerUnderTest;
    let prefix: string;
    beforeAll(async () => {
      server = await open();
    });
    afterAll(() => server.close());
    beforeEach(() => {
      prefix = `subscribe_${randomUUID()}-`;
    });
    const append = (name: string, count: number): Promise<readonly Position[]> => appendEach(server.client, name, count);
    const mine = () => streamNameFilter({ prefixes: [prefix] });
    /** Filters this test's streams, with a checkpoint every ten events. */
    const marking = (marks: Position[]) =>
      streamNameFilter({
        prefixes: [prefix],
        maxSearchWindow: 10,
        checkpointInterval: 1,
        checkpointReached: async (_subscription, position) => void marks.push(position),
      });
    const behind = ({ commit, prepare }: Position, bytes: bigint): Position => ({ commit: commit + bytes, prepare: prepare + bytes });

    it('begins after the given event, signals once that it has caught up, and goes on live', async () => {
      const [first] = await append(`${prefix}1`, 3);
      const { received, subscription } = follow(server.client.subscribeToAll({ fromPosition: first as Position, filter: mine() }));
      await until(() => received.includes('caught up'));
      await append(`other_${prefix}`, 1);
      await append(`${prefix}2`, 2);
      await until(() => received.length >= 5);
      expect(received).toEqual([`${prefix}1@1`, `${prefix}1@2`, 'caught up', `${prefix}2@0`, `${prefix}2@1`]);
      await subscription.unsubscribe();
    });

    it('refuses a position at which no event begins, and one of two events', async () => {
      const [first, second] = await append(`${prefix}1`, 3);
      for (const fromPosition of [behind(first as Position, 1n), { commit: second?.commit ?? 0n, prepare: first?.prepare ?? 0n }]) {
        expect(await follow(server.client.subscribeToAll({ fromPosition })).failed).toMatchObject({ type: 'unknown' });
      }
    });

    it('accepts a position beyond the end, and delivers the events written from then on', async () => {
      const [last] = await append(`${prefix}1`, 1);
      const fromPosition = behind(last as Position, 1_000_000_000n);
      const { received, subscription } = follow(server.client.subscribeToAll({ fromPosition, filter: mine() }));
      await until(() => received.includes('caught up'));
      await append(`${prefix}2`, 1);
      await until(() => received.length >= 2);
      // The order of the two is not guaranteed; nothing from before the call may come.
      expect([...received].sort()).toEqual(['caught up', `${prefix}2@0`]);
      await subscription.unsubscribe();
    });

    it('sends the begin of a page without a match as checkpoint while it catches up, and the exact event while it is live', async () => {
      const before = await append(`other_${prefix}`, 60);
      const [first, last] = [before[0], before.at(-1)];
      const marks: Position[] = [];
      const { received, subscription } = follow(server.client.subscribeToAll({ fromPosition: first as Position, filter: marking(marks) }));
      await until(() => received.includes('caught up'));
      const past = marks.splice(0);
      expect(past.length).toBeGreaterThanOrEqual(4);
      expect(past.every(({ commit, prepare }) => prepare === 0n && commit >= (first?.commit ?? 0n) && commit < (last?.commit ?? 0n))).toBe(
        true,
      );
      await append(`other_${prefix}`, 30);
      await until(() => marks.length > 0);
      expect(marks.every(({ commit, prepare }) => commit === prepare && commit > (last?.commit ?? 0n))).toBe(true);
      await subscription.unsubscribe();
    });

    it('sends the last match of a page as its checkpoint', async () => {
      const [first] = await append(`other_${prefix}`, 1);
      const positions: (bigint | undefined)[] = [];
      for (let index = 0; index < 8; index++) {
        positions.push((await append(`${prefix}1`, 1))[0]?.commit);
        await append(`other_${prefix}`, 4);
      }
      const marks: Position[] = [];
      const { received, subscription } = follow(server.client.subscribeToAll({ fromPosition: first as Position, filter: marking(marks) }));
      await until(() => received.includes('caught up'));
      expect(marks.length).toBeGreaterThan(0);
      expect(marks.filter(({ commit, prepare }) => commit !== prepare || !positions.includes(commit))).toEqual([]);
      await subscription.unsubscribe();
    });

    it('from the end delivers no past event', async () => {
      await append(`${prefix}1`, 2);
      const { received, subscription } = follow(server.client.subscribeToAll({ fromPosition: END, filter: mine() }));
      await until(() => received.includes('caught up'));
      await append(`${prefix}2`, 1);
      await until(() => received.length >= 2);
      expect(received).toEqual(['caught up', `${prefix}2@0`]);
      await subscription.unsubscribe();
    });
  });
}
