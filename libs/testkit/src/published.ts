import type { BusMessage, EventBus, EventStore, NewEvent, RecordedEvent } from '@onedoor/engine';

/** Puts a story into a store as it was once written. */
export async function restore(store: EventStore, events: readonly RecordedEvent[]): Promise<void> {
  for (const { stream, revision, position: _position, ...event } of events) {
    const appended = await store.append(stream, revision === 0 ? 'no-stream' : revision - 1, [event satisfies NewEvent]);
    if (appended.outcome === 'conflict') throw new Error(`${stream} has no revision ${revision} yet`);
  }
}

/** Everything that was ever published on these topics. */
export async function messagesOf(bus: EventBus, topics: readonly string[], group = 'testkit'): Promise<readonly BusMessage[]> {
  const messages: BusMessage[] = [];
  const handler = async (page: readonly BusMessage[]): Promise<void> => void messages.push(...page);
  await bus.consume({ topics, group, handler, signal: new AbortController().signal, untilCaughtUp: true });
  return messages;
}
