import { setTimeout as pause } from 'node:timers/promises';
import type { Position, SubscriptionSignal } from '@onedoor/engine';
import type { Outcome } from '../tally.js';
import { ReceivedEvents } from '../received-events.js';
import { isWanted } from '../wrong-answers.js';
import { CATEGORIES, knownPosition, pickOne } from './readers.js';
import type { LoadContext } from './load-context.js';

const RESUBSCRIBE_AFTER_MS = 50;
const LOOK_MS = 20;
/** The share of short-lived followers that begin at the start of the log. */
const FROM_START = 0.3;

/** Follows the log as a worker of the product does: after a failed subscription another one resumes at the last position. */
export class Follower {
  readonly received: ReceivedEvents;
  constructor(
    private readonly context: LoadContext,
    from: Position | null,
    categories: readonly string[] | null,
  ) {
    this.received = new ReceivedEvents(from, categories);
  }

  /** A follower from a random position, with random categories. */
  static atRandom(context: LoadContext): Follower {
    return new Follower(context, Math.random() < FROM_START ? null : knownPosition(context.ledger), pickOne(CATEGORIES) ?? null);
  }

  /** Follows until the signal fires. */
  async follow(leaving: AbortSignal): Promise<void> {
    const { client, tally } = this.context;
    while (!leaving.aborted) {
      const { position: after, categories } = this.received;
      const signals = client.store.subscribe({ after, signal: leaving, ...(categories && { categories }) })[Symbol.asyncIterator]();
      for (let hasCaughtUp = false; ;) {
        const outcome = await this.next(signals, hasCaughtUp);
        if (outcome.kind === 'void') tally.isWrong(`${after} is void, where a follower stood`);
        if (outcome.kind !== 'answer' || outcome.answer.done) break;
        this.received.take(outcome.answer.value);
        hasCaughtUp ||= outcome.answer.value.kind === 'caught-up';
      }
      if (!leaving.aborted) await pause(RESUBSCRIBE_AFTER_MS);
    }
  }

  /** A follower that has caught up may wait for the next event without bound. */
  private next(signals: AsyncIterator<SubscriptionSignal>, hasCaughtUp: boolean): Promise<Outcome<IteratorResult<SubscriptionSignal>>> {
    const { tally } = this.context;
    return hasCaughtUp ? tally.wait('a follower', () => signals.next()) : tally.call('a follower', () => signals.next());
  }

  /** Follows for a while, then waits for the events acknowledged until then. Returns how many of them it missed. */
  async followFor(durationMs: number, withinMs: number, running: AbortSignal): Promise<number> {
    const leaving = new AbortController();
    const following = this.follow(leaving.signal);
    await pause(durationMs, undefined, { signal: running }).catch(() => undefined);
    const missed = await this.catchUp(withinMs);
    leaving.abort();
    await following;
    return missed;
  }

  /** Waits at most `withinMs` for the events acknowledged until now. Returns how many of them it missed. */
  async catchUp(withinMs: number): Promise<number> {
    const { ledger } = this.context;
    const { from, categories } = this.received;
    const wanted = [...ledger.acknowledgedAfter(from)].filter(({ stream }) => isWanted(stream, categories));
    const last = wanted.reduce<Position>((latest, { position }) => (position > latest ? position : latest), '');
    const deadlineMs = performance.now() + withinMs;
    while ((this.received.position ?? '') < last && performance.now() < deadlineMs) await pause(LOOK_MS);
    return this.received.missedOf(wanted);
  }
}
