import type { BusMessage, EventBus, EventStore, NewEvent, RecordedEvent } from '@onedoor/engine';
import type { DomainEvent, Instant } from '@onedoor/kernel';

interface Recording {
  readonly commandId?: string;
  readonly recordedAt?: Instant;
  readonly v?: number;
  readonly correlationId?: string;
}

let count = 0;

/** A domain event ready to be appended: by a system actor, with generated ids unless a test names them. */
export function toRecord(event: DomainEvent, recording: Recording = {}): NewEvent {
  count += 1;
  const { commandId = `command-${count}`, recordedAt = event.at, v = 1, correlationId = commandId } = recording;
  const metadata = { actor: { role: 'system', id: 'testkit' }, commandId, correlationId, jurisdiction: 'testville' } as const;
  return { id: `event-${count}`, ...event, v, recordedAt, metadata };
}

/** Appends recorded events to a store at their own revisions. */
export async function restore(store: EventStore, events: readonly RecordedEvent[]): Promise<void> {
  for (const { stream, revision, position: _position, ...event } of events) {
    const appended = await store.append(stream, revision === 0 ? 'no-stream' : revision - 1, [event satisfies NewEvent]);
    if (appended.outcome === 'conflict') throw new Error(`${stream} has no revision ${revision} yet`);
  }
}

/** All messages that were ever published on these topics. */
export async function messagesOf(bus: EventBus, topics: readonly string[], group = 'testkit'): Promise<readonly BusMessage[]> {
  const messages: BusMessage[] = [];
  const handler = async (page: readonly BusMessage[]): Promise<void> => void messages.push(...page);
  await bus.consume({ topics, group, handler, signal: new AbortController().signal, untilCaughtUp: true });
  return messages;
}
