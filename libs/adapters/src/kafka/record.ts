import type { BusMessage } from '@onedoor/engine';

type PublicEvent = BusMessage['event'];

/** A message in Kafka: a CloudEvent in structured JSON, with the key that orders it. */
export interface EventRecord {
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export function recordOf(event: PublicEvent): EventRecord {
  return {
    key: event.subject,
    value: Buffer.from(JSON.stringify(event)),
    headers: {
      'content-type': 'application/cloudevents+json; charset=UTF-8',
      ce_id: event.id,
      ce_type: event.type,
      ...(event.traceparent !== undefined && { traceparent: event.traceparent }),
    },
  };
}

const TEXTS = ['id', 'source', 'type', 'subject', 'time'] as const;

/** Null for a message that is no CloudEvent of this product. */
export function eventOf(value: Buffer | null): PublicEvent | null {
  if (value === null) return null;
  let found: unknown;
  try {
    found = JSON.parse(value.toString());
  } catch {
    return null;
  }
  if (typeof found !== 'object' || found === null) return null;
  const attributes = found as Readonly<Record<string, unknown>>;
  const isEvent = attributes['specversion'] === '1.0' && TEXTS.every((name) => typeof attributes[name] === 'string');
  return isEvent ? (found as PublicEvent) : null;
}
