import type { Actor, Instant } from '@onedoor/kernel';

/**
 * The log: streams of events, the only truth. One stream is one aggregate and one consistency boundary.
 *
 * Guarantees, held by one contract suite on every adapter:
 * - `append` is atomic and durable when it resolves: all its events or none, at consecutive revisions.
 * - Positions of one incarnation grow in the order in which subscribers see events, and that order never changes.
 * - A stream's category is its name up to the first `-`.
 */
export interface EventStore {
  /**
   * Appends at the expected revision. If events with the same ids are already at exactly that place, the first result is returned
   * again (a retry after a lost answer). Throws `Unavailable` when the store cannot answer; whether it wrote is then unknown.
   */
  append(stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<AppendResult>;
  /** The stream's events from a revision on, oldest first, at most `limit`; empty where there are none. */
  read(stream: StreamName, from: number, limit: number): Promise<readonly RecordedEvent[]>;
  /**
   * Events after a position (null: from the beginning) in pages, then `caught-up` at the tail, then new events, until the signal
   * fires. A page's `position` covers the events it filtered out too. The next page is read when the consumer asks for it: a
   * slow consumer blocks no writer and fills no buffer. Throws `VoidPosition` for a position of another incarnation.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionSignal>;
  /** The position of the last event; null for an empty store. */
  head(): Promise<Position | null>;
}

/**
 * A place in the log: opaque, but two of one incarnation compare as strings, by their `placeIn`. It names the incarnation of its
 * store, because after a restore every older position is void.
 */
export type Position = string;

/**
 * Whether one position lies before another (null: before the first event). Positions of two incarnations are not
 * comparable: false.
 */
export function isBefore(position: Position | null, other: Position | null): boolean {
  if (position === null || other === null) return position === null && other !== null;
  return incarnationOf(position) === incarnationOf(other) && position < placeIn(other);
}

/**
 * The part of a position that orders it, without the part that identifies the event. Positions that earlier releases stored have the
 * first part only: one of either form lies before another position exactly if it is less than the other's `placeIn`.
 */
export const placeIn = (position: Position): string => position.split(':', 2).join(':');

const incarnationOf = (position: Position): string => position.slice(0, position.indexOf(':') + 1);

export type StreamName = string;

/** The revision the stream must have: that of its last event, or none at all. */
export type ExpectedRevision = number | 'no-stream';

export interface NewEvent {
  /** Derived from the command, the event's place in it and its content, so that a retry writes the same ids and nothing else does. */
  readonly id: string;
  readonly type: string;
  /** The version of this type's shape. */
  readonly v: number;
  /** When it happened for the city. */
  readonly at: Instant;
  /** When it was written: *as of* is answered by this one. */
  readonly recordedAt: Instant;
  readonly data: unknown;
  readonly metadata: EventMetadata;
}

export interface EventMetadata {
  readonly actor: Actor;
  readonly commandId: string;
  readonly correlationId: string;
  /** The id of the event or command that led to this one. */
  readonly causationId?: string;
  readonly jurisdiction: string;
  readonly traceparent?: string;
  /** A hash of the body that came with an Idempotency-Key, to tell a retry from a reuse; by a key of the vault where people wrote in it. */
  readonly bodyHash?: string;
}

export interface RecordedEvent extends NewEvent {
  readonly stream: StreamName;
  /** 0 for the stream's first event. */
  readonly revision: number;
  readonly position: Position;
}

export type AppendResult =
  | { readonly outcome: 'appended'; readonly revision: number; readonly position: Position }
  /** Another writer was first; `actual` is null when there is no such stream. */
  | { readonly outcome: 'conflict'; readonly actual: number | null };

export interface SubscribeOptions {
  readonly after: Position | null;
  /** Only streams of these categories; every one when absent. */
  readonly categories?: readonly string[];
  /** Events of one page at most. */
  readonly pageSize?: number;
  readonly signal: AbortSignal;
}

export type SubscriptionSignal =
  | { readonly kind: 'page'; readonly events: readonly RecordedEvent[]; readonly position: Position }
  | { readonly kind: 'caught-up'; readonly position: Position | null };

/** `request-3D7…` is of category `request`. */
export const categoryOf = (stream: StreamName): string => stream.slice(0, stream.indexOf('-'));
