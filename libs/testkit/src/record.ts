import type { NewEvent } from '@onedoor/engine';
import type { DomainEvent, Instant } from '@onedoor/kernel';

export interface Recording {
  readonly commandId?: string;
  readonly recordedAt?: Instant;
  readonly v?: number;
  readonly correlationId?: string;
}

let count = 0;

/** A domain event ready to be appended, by a system actor, with ids of its own unless a test names them. */
export function toRecord(event: DomainEvent, recording: Recording = {}): NewEvent {
  count += 1;
  const { commandId = `command-${count}`, recordedAt = event.at, v = 1, correlationId = commandId } = recording;
  const metadata = { actor: { role: 'system', id: 'testkit' }, commandId, correlationId, jurisdiction: 'testville' } as const;
  return { id: `event-${count}`, ...event, v, recordedAt, metadata };
}
