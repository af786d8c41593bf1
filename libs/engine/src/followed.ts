import { BoundedCache } from '@onedoor/kernel';
import { Patience, type LogPorts } from './patience.js';
import { isBefore, placeIn, type Position, type SubscribeOptions, type SubscriptionSignal } from './ports/event-store.js';

export interface FollowedOptions extends SubscribeOptions {
  /** A position that is known to be in the log, besides the log's own head: `caught-up` before it is not believed. */
  readonly reaching?: Position | null;
  /** How long the log is waited for; half a minute where nothing is said. */
  readonly patienceMs?: number;
}

type Page = Extract<SubscriptionSignal, { readonly kind: 'page' }>;

/**
 * A subscription that is held against what is known. `caught-up` before the head of the log, a page out of order, and one that
 * skips revisions of a stream are not passed on: the log is asked again from the last place up to which all was told, for half a
 * minute, with an alarm when that gets long. Pages behind a place where a stream was skipped are then told once more, as after a
 * restart. Throws `Unavailable` in the end, so that the follower goes on from its checkpoint.
 */
export async function* followed(
  ports: LogPorts,
  { reaching = null, patienceMs, ...options }: FollowedOptions,
): AsyncGenerator<SubscriptionSignal, void, undefined> {
  const { store } = ports;
  const patience = new Patience(ports, options.signal, patienceMs);
  const told = new ToldSoFar(options.after);
  let ends: readonly (Position | null)[] | null = null;
  let isCaughtUp = false;
  for (;;) {
    let missing: Missing | null = null;
    for await (const next of store.subscribe({ ...options, after: told.upTo })) {
      if (next.kind === 'page') {
        missing = told.missingBefore(next);
        if (missing !== null) break;
        if (told.isFurtherThanEver()) patience.renew();
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
    await patience.again(missing);
  }
}

/** What the log owes, in the words of an alarm. */
type Missing = Readonly<Record<string, unknown>>;

const STREAMS_KEPT = 20_000;

/** How far a subscription has come, in the log and in the streams it met lately. */
class ToldSoFar {
  private readonly streams = new BoundedCache<string, { revision: number; position: Position }>(STREAMS_KEPT);
  private furthest: Position | null;

  constructor(public upTo: Position | null) {
    this.furthest = upTo;
  }

  /** Takes a page in; where it does not follow what was told, goes back to before what is missing, and answers that. */
  missingBefore({ events, position }: Page): Missing | null {
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

  /** Whether the last page led beyond all that was ever told, and not over it once more. */
  isFurtherThanEver(): boolean {
    if (this.upTo === null || (this.furthest !== null && this.upTo <= this.furthest)) return false;
    this.furthest = this.upTo;
    return true;
  }
}
