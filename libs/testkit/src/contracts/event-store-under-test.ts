import type { EventStore, NewEvent, Position, RecordedEvent, SubscribeOptions } from '@onedoor/engine';

/** A new and empty event store for one test. */
export interface EventStoreUnderTest {
  readonly store: EventStore;
  close(): Promise<void>;
}

/** An event with every field set and no meaning. */
export const sampleEvent = (id: string, data: unknown = { note: id }): NewEvent => ({
  id,
  type: 'Noted',
  v: 1,
  at: '2026-03-01T08:00:00.000Z',
  recordedAt: '2026-03-01T08:00:01.000Z',
  data,
  metadata: {
    actor: { role: 'system', id: 'contract' },
    commandId: `command-${id}`,
    correlationId: `correlation-${id}`,
    causationId: `cause-${id}`,
    jurisdiction: 'city',
  },
});

/** `count` events with the ids `<prefix>.0`, `<prefix>.1` and so on. */
export const sampleEvents = (prefix: string, count: number): readonly NewEvent[] =>
  Array.from({ length: count }, (_, index) => sampleEvent(`${prefix}.${index}`));

interface ReadLog {
  readonly events: readonly RecordedEvent[];
  /** The position of the `caught-up` signal. */
  readonly position: Position | null;
}

/** All events that a subscription delivers up to the tail. */
export async function readLog(store: EventStore, options: Partial<SubscribeOptions> = {}): Promise<ReadLog> {
  const events: RecordedEvent[] = [];
  for await (const next of store.subscribe({ after: null, signal: new AbortController().signal, ...options })) {
    if (next.kind === 'caught-up') return { events, position: next.position };
    events.push(...next.events);
  }
  throw new Error('The subscription ended before it caught up');
}
