import type { EventStore, Position, RecordedEvent, SubscribeOptions } from '@onedoor/engine';

export interface ReadLog {
  readonly events: readonly RecordedEvent[];
  /** Where the subscription said that it had caught up. */
  readonly position: Position | null;
}

/** Everything that a subscription tells up to the tail. */
export async function readLog(store: EventStore, options: Partial<SubscribeOptions> = {}): Promise<ReadLog> {
  const events: RecordedEvent[] = [];
  for await (const next of store.subscribe({ after: null, signal: new AbortController().signal, ...options })) {
    if (next.kind === 'caught-up') return { events, position: next.position };
    events.push(...next.events);
  }
  throw new Error('The subscription ended before it caught up');
}
