import type { Context } from '@onedoor/platform';
import { readReaching, type Collection, type LogPorts, type ReadModels, type RecordedEvent } from '@onedoor/engine';
import type { Instant, Reference } from '@onedoor/kernel';
import { cityZone, inLocalTime } from './local-time.service.js';

/** What a context tells auditors about one category of its streams. */
export interface AuditedStream {
  /** Streams `<category>-<reference>`. */
  readonly category: string;
  /** Where documents of such streams stand under the reference: a history that ends before what one of them shows is incomplete. */
  readonly shownIn: Collection;
  /** One sentence for an event, without personal data. */
  describe(event: RecordedEvent): string;
  /** The state after these events, for people to read; null for none. */
  present(events: readonly RecordedEvent[]): object | null;
}

/** The streams that tell a request's story, by the values of the contexts that keep them. */
export const auditedStreamsOf = (contexts: readonly Context[]): readonly AuditedStream[] =>
  contexts
    .flatMap(({ aggregates }) => aggregates)
    .flatMap(({ of, shownIn, describe, present }) =>
      present === undefined || shownIn === undefined ? [] : [{ category: of.category, shownIn, describe, present }],
    );

/** A request's whole history as it was known at an instant. */
export interface Replay {
  readonly reference: Reference;
  /** Null: everything known now. */
  readonly asOf: Instant | null;
  /** By category, what the streams amount to; null before their first event. */
  readonly states: Readonly<Record<string, object | null>>;
  readonly timeline: readonly TimelineEntry[];
}

export interface TimelineEntry {
  readonly position: string;
  /** When it happened for the city, and when it was written. */
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly stream: string;
  readonly type: string;
  /** Who, as `role:id`. */
  readonly actor: string;
  /** The event or command that led to it. */
  readonly cause: string;
  readonly summary: string;
}

/**
 * Replays a reference's streams as of an instant, inclusive: an event counts from the moment it was recorded, not from the moment it is
 * about. Null for a reference that has no events at all. Throws `Unavailable` where the log returns less than documents show: a history
 * is never answered cut short.
 */
export async function replay(
  ports: LogPorts & { readonly readModels: ReadModels },
  streams: readonly AuditedStream[],
  reference: Reference,
  asOf: Instant | null,
): Promise<Replay | null> {
  const histories = await Promise.all(
    streams.map(async (stream) => {
      const [shown] = await ports.readModels.get(stream.shownIn, [reference]);
      return { stream, events: await readReaching(ports, `${stream.category}-${reference}`, shown?.position ?? null) };
    }),
  );
  if (histories.every(({ events }) => events.length === 0)) return null;

  const known = histories.map(({ stream, events }) => ({
    stream,
    events: asOf === null ? events : events.filter(({ recordedAt }) => recordedAt <= asOf),
  }));
  const zone = await cityZone(ports.store);
  const timeline = known
    .flatMap(({ stream, events }) => events.map((event) => entryOf(stream, event, zone)))
    .sort((one, other) => (one.position < other.position ? -1 : 1));
  const states = Object.fromEntries(known.map(({ stream, events }) => [stream.category, stream.present(events)]));
  return { reference, asOf, states, timeline };
}

function entryOf(stream: AuditedStream, event: RecordedEvent, zone: string | null): TimelineEntry {
  const { actor, commandId, causationId } = event.metadata;
  return {
    position: event.position,
    at: event.at,
    recordedAt: event.recordedAt,
    stream: event.stream,
    type: event.type,
    actor: `${actor.role}:${actor.id}`,
    cause: causationId ?? commandId,
    summary: inLocalTime(stream.describe(event), zone, event.at),
  };
}
