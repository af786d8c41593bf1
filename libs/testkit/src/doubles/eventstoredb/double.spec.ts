import { BACKWARDS, END, EventStoreDBClient, FORWARDS, jsonEvent, START, streamNameFilter, type AllStreamResolvedEvent, type AllStreamSubscription, type Position } from '@eventstore/db-client';
import type { EventStoreDbDouble } from './double.js';
import { startEventStoreDbDouble } from './start.js';

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
  const append = (stream: string, count: number) => client.appendToStream(stream, Array.from({ length: count }, (_none, index) => jsonEvent({ type: 'Noted', data: { index } })));
  const all = async (options: Parameters<EventStoreDBClient['readAll']>[0] = {}): Promise<AllStreamResolvedEvent[]> => {
    const events = [];
    for await (const event of client.readAll(options)) events.push(event);
    return events;
  };
  const positionsOf = (events: readonly AllStreamResolvedEvent[]): bigint[] => events.map(({ event }) => event?.position.commit ?? -1n);
  const noted = async (): Promise<Position[]> => (await all()).flatMap(({ event }) => (event?.type === 'Noted' ? [event.position] : []));

  it('is never empty, and counts bytes, not events', async () => {
    await append('note-1', 5);
    const events = await all();
    expect(events.filter(({ event }) => event?.type.startsWith('$')).length).toBeGreaterThan(0);
    const positions = positionsOf(events);
    expect(positions.every((position, index) => position > (positions[index - 1] ?? 0n) + 1n)).toBe(true);
  });

  it('reads forwards from an event and that one too, backwards without it', async () => {
    await append('note-1', 4);
    const [first, second, third, fourth] = await noted();
    expect(positionsOf(await all({ fromPosition: second ?? END, maxCount: 2 }))).toEqual([second?.commit, third?.commit]);
    expect(positionsOf(await all({ direction: BACKWARDS, fromPosition: third ?? START, maxCount: 2 }))).toEqual([second?.commit, first?.commit]);
    expect(positionsOf(await all({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }))).toEqual([fourth?.commit]);
    expect(await all({ direction: FORWARDS, fromPosition: END })).toEqual([]);
    expect((await all({ fromPosition: { commit: 0n, prepare: 0n } })).length).toBe(double.eventCount);
  });

  it('reads a stream both ways, and knows one that is missing, deleted or ended', async () => {
    await append('note-1', 5);
    const revisions = async (options: Parameters<EventStoreDBClient['readStream']>[1]): Promise<bigint[]> => {
      const events = [];
      for await (const { event } of client.readStream('note-1', options)) events.push(event?.revision ?? -1n);
      return events;
    };
    expect(await revisions({ fromRevision: 1n, maxCount: 2 })).toEqual([1n, 2n]);
    expect(await revisions({ fromRevision: 9n })).toEqual([]);
    expect(await revisions({ direction: BACKWARDS, fromRevision: END, maxCount: 2 })).toEqual([4n, 3n]);
    expect(await revisions({ direction: BACKWARDS, fromRevision: 1n })).toEqual([1n, 0n]);
    await client.deleteStream('note-1');
    await expect(revisions({})).rejects.toMatchObject({ type: 'stream-not-found' });
    await append('note-1', 1);
    expect(await revisions({})).toEqual([5n]);
    await client.tombstoneStream('note-1');
    await expect(revisions({})).rejects.toMatchObject({ type: 'stream-deleted' });
    expect((await all()).at(-1)?.event).toMatchObject({ type: '$streamDeleted', streamId: 'note-1' });
  });

  it('refuses a position at which no event begins', async () => {
    await append('note-1', 2);
    const [first] = await noted();
    const between = { commit: (first?.commit ?? 0n) + 1n, prepare: (first?.prepare ?? 0n) + 1n };
    await expect(all({ fromPosition: between })).rejects.toMatchObject({ type: 'unknown' });
    const { failed } = follow(client.subscribeToAll({ fromPosition: between }));
    expect(await failed).toMatchObject({ type: 'unknown' });
  });

  it('follows from behind an event, says once that it has caught up, and goes on', async () => {
    await append('note-1', 3);
    const [first] = await noted();
    const { told, until, subscription } = follow(client.subscribeToAll({ fromPosition: first ?? END, filter: streamNameFilter({ prefixes: ['note-'] }) }));
    await until(() => told.includes('caught up'));
    await append('other-1', 1);
    await append('note-1', 2);
    await until(() => told.length >= 5);
    expect(told.filter((each) => each !== 'caught up')).toEqual([1n, 2n, 3n, 4n].map(String));
    expect(told.filter((each) => each === 'caught up')).toHaveLength(1);
    await subscription.unsubscribe();
  });

  it('skips the next event where the one to follow from was scavenged', async () => {
    await append('note-1', 2);
    await append('note-2', 2);
    const [first] = await noted();
    await client.deleteStream('note-1');
    double.scavenge('note-1');
    const { told, until } = follow(client.subscribeToAll({ fromPosition: first ?? END, filter: streamNameFilter({ prefixes: ['note-'] }) }));
    await until(() => told.includes('caught up'));
    // The last event of note-1 is kept, and is the very one that is passed over.
    expect(told.filter((each) => each !== 'caught up')).toEqual(['0', '1']);
  });

  it('marks its way at the ends of pages, while it tells the past', async () => {
    for (let index = 0; index < 4; index++) await append(`other-${index}`, 25);
    const marks: Position[] = [];
    const filter = streamNameFilter({ prefixes: ['note-'], maxSearchWindow: 10, checkpointInterval: 3, checkpointReached: async (_subscription, position) => void marks.push(position) });
    const { told, until } = follow(client.subscribeToAll({ fromPosition: START, filter }));
    await until(() => told.includes('caught up'));
    const positions = positionsOf(await all());
    expect(marks.map(({ commit }) => positions.indexOf(commit))).toEqual([29, 59, 89]);
  });

  it('drops a live subscriber that does not keep up', async () => {
    await client.dispose();
    await double.close();
    await start(8);
    const { told, until, failed, subscription } = follow(client.subscribeToAll({ fromPosition: END }));
    await until(() => told.includes('caught up'));
    subscription.pause();
    const large = () => Array.from({ length: 9 }, () => jsonEvent({ type: 'Noted', data: { text: 'x'.repeat(100_000) } }));
    for (let index = 0; double.openSubscriptions > 0; index++) await client.appendToStream(`note-${index}`, large());
    // The end stands in the call behind what was sent before it.
    subscription.resume();
    expect(await failed).toMatchObject({ type: 'timeout' });
  });

  it('ends subscriptions as it is told, and forgets what a backup never knew', async () => {
    for (const failure of ['end', 'unavailable', 'timeout', 'cancelled'] as const) {
      const { told, until, failed, ended } = follow(client.subscribeToAll({ fromPosition: END }));
      await until(() => told.includes('caught up'));
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

  it('answers again after a restart, with what was written before', async () => {
    await append('note-1', 3);
    await double.stop();
    await expect(all()).rejects.toMatchObject({ type: 'unavailable' });
    await double.start();
    expect(await noted()).toHaveLength(3);
  });
});

type Failed = Error & { readonly type: string };

/** What a subscription tells: revisions, and that it has caught up. */
function follow(subscription: AllStreamSubscription) {
  const told: string[] = [];
  const failed = new Promise<Failed>((resolve) => subscription.on('error', (error) => resolve(error as Failed)));
  const ended = new Promise<'end'>((resolve) => subscription.on('end', () => resolve('end')));
  subscription.on('caughtUp', () => told.push('caught up'));
  subscription.on('data', ({ event }) => told.push(String(event?.revision)));
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { told, failed, ended, until, subscription };
}
