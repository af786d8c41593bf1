import { BoundedCache } from '@onedoor/kernel';
import { isBefore, placeIn, type Position, type SubscribeOptions, type SubscriptionSignal } from './ports/event-store.js';
import { ReadBackoff, type LogPorts } from './read-backoff.js';

export interface FollowedOptions extends SubscribeOptions {
  /** A position that is known to be in the log, besides the log's own head: `caught-up` before it is rejected. */
  readonly reaching?: Position | null;
  /** The longest sum of pauses while the log returns too little; half a minute by default. */
  readonly backoffLimitMs?: number;
}

type Page = Extract<SubscriptionSignal, { readonly kind: 'page' }>;

/**
 * A subscription whose answers are checked against what is known. `caught-up` before the head of the log, a page out of order, and
 * a page that skips revisions of a stream are not passed on: the log is subscribed to again from the last complete position, for up
 * to half a minute, with an alarm when that takes long. Pages after a skipped revision are then delivered once more, as after a
 * restart. Throws `Unavailable` in the end, so that the follower continues from its checkpoint.
 */
export async function* followed(
  ports: LogPorts,
  { reaching = null, backoffLimitMs, ...options }: FollowedOptions,
): AsyncGenerator<SubscriptionSignal, void, undefined> {
  const { store } = ports;
  const backoff = new ReadBackoff(ports, options.signal, backoffLimitMs);
  const progress = new SubscriptionProgress(options.after);
  let ends: readonly (Position | null)[] | null = null;
  let isCaughtUp = false;
  for (;;) {
    let missing: Gap | null = null;
    for await (const next of store.subscribe({ ...options, after: progress.upTo })) {
      if (next.kind === 'page') {
        missing = progress.missingBefore(next);
        if (missing !== null) break;
        if (progress.isNewMaximum()) backoff.reset();
        yield next;
      } else if (!isCaughtUp) {
        ends ??= [await store.head(), reaching];
        const end = ends.find((position) => isBefore(next.position, position));
        if (end !== undefined) {
          missing = { caughtUpAt: next.position, position: end };
          break;
        }
        isCaughtUp = true;
        yield next;
      }
    }
    if (missing === null) return;
    await backoff.pause(missing);
  }
}

/** What is missing from the log's answer, as the details of an alarm. */
type Gap = Readonly<Record<string, unknown>>;

const STREAMS_KEPT = 20_000;

/** How far a subscription has come, in the log and in up to 20,000 streams that it met most recently. */
class SubscriptionProgress {
  private readonly streams = new BoundedCache<string, { revision: number; position: Position }>(STREAMS_KEPT);
  private furthest: Position | null;

  constructor(public upTo: Position | null) {
    this.furthest = upTo;
  }

  /** Records a page. If it does not follow the pages before it, moves back to before the gap and returns the gap. */
  missingBefore({ events, position }: Page): Gap | null {
    let last = this.upTo;
    for (const event of events) {
      if (last !== null && placeIn(event.position) <= last) return { position: event.position, toldAlready: last };
      const known = this.streams.get(event.stream);
      if (known === undefined) this.streams.set(event.stream, { revision: event.revision, position: event.position });
      else if (event.revision > known.revision + 1) {
        if (isBefore(known.position, this.upTo)) this.upTo = known.position;
        return { stream: event.stream, revision: known.revision + 1 };
      } else {
        known.revision = event.revision;
        known.position = event.position;
      }
      last = event.position;
    }
    if (last !== null && position < last) return { position, toldAlready: last };
    this.upTo = position;
    return null;
  }

  /** Whether the last page went beyond all pages before it, and did not repeat them after a gap. */
  isNewMaximum(): boolean {
    if (this.upTo === null || (this.furthest !== null && this.upTo <= this.furthest)) return false;
    this.furthest = this.upTo;
    return true;
  }
}
