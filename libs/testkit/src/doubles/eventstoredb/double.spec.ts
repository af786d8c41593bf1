import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  jsonEvent,
  START,
  streamNameFilter,
  type AllStreamResolvedEvent,
  type Position,
} from '@eventstore/db-client';
import type { EventStoreDbDouble } from './double.js';
import { startEventStoreDbDouble } from './start.js';
import { until } from '../../until.js';
import { follow } from './table/server-under-test.js';

// The tables test what a server answers too. Here: what only the double can be made to do, or only its small log can show.
describe('the double, read by the client,', () => {
  let double: EventStoreDbDouble;
  let client: EventStoreDBClient;
  const start = async (liveBuffer?: number): Promise<void> => {
    double = await startEventStoreDbDouble(liveBuffer === undefined ? {} : { liveBuffer });
    client = EventStoreDBClient.connectionString(double.connectionString);
  };
  beforeEach(() => start());
  afterEach(async () => {
    await client.dispose();
    await double.close();
  });
  const append = (stream: string, count: number) =>
    client.appendToStream(
      stream,
      Array.from({ length: count }, (_none, index) => jsonEvent({ type: 'Noted', data: { index } })),
    );
  const all = async (options: Parameters<EventStoreDBClient['readAll']>[0] = {}): Promise<AllStreamResolvedEvent[]> => {
    const events = [];
    for await (const event of client.readAll(options)) events.push(event);
    return events;
  };
  const positionsOf = (events: readonly AllStreamResolvedEvent[]): bigint[] => events.map(({ event }) => event?.position.commit ?? -1n);
  const noted = async (): Promise<Position[]> => (await all()).flatMap(({ event }) => (event?.type === 'Noted' ? [event.position] : []));

  it('is never empty', async () => {
    const events = await all();
    expect(events).toHaveLength(double.eventCount);
    expect(events.length).toBeGreaterThan(0);
    expect(events.every(({ event }) => event?.type.startsWith('$'))).toBe(true);
  });

  it('reads on after scavenged bytes, and keeps the last event of a deleted stream', async () => {
    await append('note-1', 3);
    await append('note-2', 1);
    const [first, second, third] = await noted();
    await client.deleteStream('note-1');
    double.scavenge('note-1');
    for (const bytes of [0n, 1n, 20n]) {
      const fromPosition = { commit: (first?.commit ?? 0n) + bytes, prepare: (first?.prepare ?? 0n) + bytes };
      expect(positionsOf(await all({ fromPosition, maxCount: 1 }))).toEqual([third?.commit]);
    }
    expect(positionsOf(await all({ fromPosition: third as Position, direction: BACKWARDS }))).not.toContain(second?.commit);
  });

  it('skips the next event for a subscriber whose position was scavenged', async () => {
    await append('note-1', 2);
    await append('note-2', 2);
    const [first] = await noted();
    await client.deleteStream('note-1');
    double.scavenge('note-1');
    const { received } = follow(client.subscribeToAll({ fromPosition: first ?? END, filter: streamNameFilter({ prefixes: ['note-'] }) }));
    await until(() => received.includes('caught up'));
    // The last event of note-1 is kept, and is the one that is skipped.
    expect(received).toEqual(['note-2@0', 'note-2@1', 'caught up']);
  });

  it('sends checkpoints at the begins of pages while it catches up, and at the event itself while it is live', async () => {
    for (let index = 0; index < 4; index++) await append(`other-${index}`, 25);
    const marks: Position[] = [];
    const filter = streamNameFilter({
      prefixes: ['note-'],
      maxSearchWindow: 10,
      checkpointInterval: 3,
      checkpointReached: async (_subscription, position) => void marks.push(position),
    });
    const { received } = follow(client.subscribeToAll({ fromPosition: START, filter }));
    await until(() => received.includes('caught up'));
    const positions = positionsOf(await all());
    expect(marks.map(({ commit }) => positions.indexOf(commit))).toEqual([20, 50, 80]);
    // The last page has no checkpoint, so thirty more events are counted from there.
    await append('other-0', 40);
    await until(() => marks.length > 3);
    expect(marks.slice(3)).toEqual([{ commit: expect.any(BigInt), prepare: marks[3]?.commit }]);
  });

  it('sends no checkpoint for the last page of the past', async () => {
    for (let left = 30 - double.eventCount; left > 0; left -= 1) await append(`other-${left}`, 1);
    const marks: Position[] = [];
    const filter = streamNameFilter({
      prefixes: ['note-'],
      maxSearchWindow: 10,
      checkpointInterval: 3,
      checkpointReached: async (_subscription, position) => void marks.push(position),
    });
    const { received } = follow(client.subscribeToAll({ fromPosition: START, filter }));
    await until(() => received.includes('caught up'));
    expect(marks).toEqual([]);
  });

  it('drops a live subscriber that does not keep up', async () => {
    await client.dispose();
    await double.close();
    await start(8);
    const { received, failed, subscription } = follow(client.subscribeToAll({ fromPosition: END }));
    await until(() => received.includes('caught up'));
    subscription.pause();
    const large = () => Array.from({ length: 5 }, () => jsonEvent({ type: 'Noted', data: { text: 'x'.repeat(100_000) } }));
    for (let index = 0; double.openSubscriptions > 0; index++) await client.appendToStream(`note-${index}`, large());
    subscription.resume();
    expect(await failed).toMatchObject({ type: 'timeout' });
  });

  it('delivers no event of a burst that exceeds the live buffer', async () => {
    const { received, failed } = follow(client.subscribeToAll({ fromPosition: END }));
    await until(() => received.includes('caught up'));
    await append('note-1', 150);
    expect(await failed).toMatchObject({ type: 'timeout' });
    expect(received).toEqual(['caught up']);
  });

  it('ends subscriptions on request, and forgets the events that a restored backup lacks', async () => {
    for (const failure of ['end', 'unavailable', 'timeout', 'cancelled'] as const) {
      const { received, failed, ended } = follow(client.subscribeToAll({ fromPosition: END }));
      await until(() => received.includes('caught up'));
      double.dropSubscriptions(failure);
      expect(await Promise.race([failed.then(({ type }) => type), ended])).toBe(failure);
    }
    await append('note-1', 3);
    const before = await noted();
    double.rewind(2);
    expect(await noted()).toEqual(before.slice(0, 1));
    await append('note-1', 2);
    expect(await noted()).toEqual(before);
  });

  it('forgets a deletion too that a restored backup lacks', async () => {
    await append('note-1', 2);
    await client.deleteStream('note-1');
    double.rewind(1);
    expect(await append('note-1', 1)).toMatchObject({ nextExpectedRevision: 2n });
    await client.tombstoneStream('note-1');
    double.rewind(1);
    expect(await append('note-1', 1)).toMatchObject({ nextExpectedRevision: 3n });
  });
});
