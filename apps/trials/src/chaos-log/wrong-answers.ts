import { categoryOf, type ExpectedRevision, type Position, type RecordedEvent, type StreamName } from '@onedoor/engine';
import type { Acknowledged } from './ledger.js';

/** The acknowledged content of a stream before it was read. */
interface KnownStream {
  readonly stream: StreamName;
  /** By revision; undefined where the event was not acknowledged. */
  readonly ids: readonly (string | undefined)[];
}

/** The error in the answer to a read of a stream; null where it is complete and correct. */
export function wrongInRead({ stream, ids }: KnownStream, from: number, limit: number, events: readonly RecordedEvent[]): string | null {
  const least = Math.max(0, Math.min(ids.length - from, limit));
  if (events.length < least) return `${events.length} events of ${stream} from ${from} on, where at least ${least} stand`;
  if (events.length > limit) return `${events.length} events of ${stream}, where ${limit} were asked for`;
  const odd = events.find((event, index) => event.stream !== stream || event.revision !== from + index);
  if (odd !== undefined) return `revision ${odd.revision} of ${odd.stream} in an answer about ${stream} from ${from} on`;
  const other = events.find(({ id, revision }) => ids[revision] !== undefined && ids[revision] !== id);
  return other === undefined ? null : `another event at revision ${other.revision} of ${stream} than was acknowledged`;
}

/** The error in a head that was read after this position was acknowledged. */
export function wrongInHead(acknowledged: Position | null, head: Position | null): string | null {
  if (acknowledged === null || (head !== null && head >= acknowledged)) return null;
  return `the head ${head} lies before ${acknowledged}, which was acknowledged`;
}

/** The error in a conflict: the actual revision must differ from the expected one, and not be below the acknowledged one. */
export function wrongInConflict(
  stream: StreamName,
  expected: ExpectedRevision,
  known: ExpectedRevision,
  actual: number | null,
): string | null {
  const actually = actual ?? 'no-stream';
  if (actually === expected) return `a conflict at revision ${expected} of ${stream}, where it is`;
  if (numberOf(actually) < numberOf(known)) return `a conflict with ${stream} at ${actually}, which has been at ${known}`;
  return null;
}

interface SubscriptionRange {
  readonly after: Position | null;
  /** Null for all. */
  readonly categories: readonly string[] | null;
}

/** Whether a subscription to these categories delivers events of this stream. */
export const isWanted = (stream: StreamName, categories: readonly string[] | null): boolean =>
  categories === null || categories.includes(categoryOf(stream));

/** The error in the events that a subscription delivered before it signalled, at a position, that it had caught up. */
export function wrongInCaughtUp(
  { after, categories }: SubscriptionRange,
  known: Iterable<Acknowledged>,
  events: readonly RecordedEvent[],
  position: Position | null,
): string | null {
  const delivered = new Set(events.map(({ id }) => id));
  if (delivered.size < events.length) return `${events.length - delivered.size} events told twice after ${after}`;
  const disordered = events.find((event, index) => event.position <= (events[index - 1]?.position ?? after ?? ''));
  if (disordered !== undefined) return `${disordered.position} told out of order after ${after}`;
  const unasked = events.find(({ stream }) => !isWanted(stream, categories));
  if (unasked !== undefined) return `an event of ${unasked.stream}, which was not asked for`;
  let missing = 0;
  let last: Position | null = after;
  for (const append of known) {
    if (last === null || append.position > last) last = append.position;
    if (isWanted(append.stream, categories)) missing += append.ids.filter((id) => !delivered.has(id)).length;
  }
  if (missing > 0) return `caught up at ${position} after ${events.length} events from ${after} on, ${missing} too few`;
  return wrongInHead(last, position)?.replace('the head', 'caught up, but') ?? null;
}

const numberOf = (revision: ExpectedRevision): number => (revision === 'no-stream' ? -1 : revision);
