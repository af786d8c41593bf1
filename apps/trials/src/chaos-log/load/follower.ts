import { setTimeout as pause } from 'node:timers/promises';
import type { Position, SubscriptionSignal } from '@onedoor/engine';
import { oneOf } from '../seeded.js';
import type { Outcome } from '../tally.js';
import { Told } from '../told.js';
import { isAskedFor } from '../wrong-answers.js';
import { CATEGORIES, knownPosition } from './askers.js';
import type { LoadParts } from './load-parts.js';

const RESUBSCRIBE_AFTER_MS = 50;
const LOOK_MS = 20;
const FROM_START = 0.3;

/** Follows the log as a worker of the product does: where a subscription fails, another one goes on from the last position. */
export class Follower {
  readonly told: Told;
  constructor(
    private readonly parts: LoadParts,
    from: Position | null,
    categories: readonly string[] | null,
  ) {
    this.told = new Told(from, categories);
  }

  /** One that begins at a place of chance. */
  static anew(parts: LoadParts): Follower {
    return new Follower(parts, Math.random() < FROM_START ? null : knownPosition(parts.ledger), oneOf(CATEGORIES, Math.random) ?? null);
  }

  /** Follows until the signal fires. */
  async stay(leaving: AbortSignal): Promise<void> {
    const { client, tally } = this.parts;
    while (!leaving.aborted) {
      const { position: after, categories } = this.told;
      const signals = client.store.subscribe({ after, signal: leaving, ...(categories && { categories }) })[Symbol.asyncIterator]();
      for (let hasCaughtUp = false; ;) {
        const outcome = await this.next(signals, hasCaughtUp);
        if (outcome.kind === 'void') tally.isWrong(`${after} is void, where a follower stood`);
        if (outcome.kind !== 'answer' || outcome.answer.done) break;
        this.told.take(outcome.answer.value);
        hasCaughtUp ||= outcome.answer.value.kind === 'caught-up';
      }
      if (!leaving.aborted) await pause(RESUBSCRIBE_AFTER_MS);
    }
  }

  /** Once it has caught up, a follower waits for news as long as there are none. */
  private next(signals: AsyncIterator<SubscriptionSignal>, hasCaughtUp: boolean): Promise<Outcome<IteratorResult<SubscriptionSignal>>> {
    const { tally } = this.parts;
    return hasCaughtUp ? tally.wait('a follower', () => signals.next()) : tally.call('a follower', () => signals.next());
  }

  /** Follows for a while, and leaves when it was told what was acknowledged until then. Answers how many events of that it was not told. */
  async visit(staysMs: number, withinMs: number, running: AbortSignal): Promise<number> {
    const leaving = new AbortController();
    const following = this.stay(leaving.signal);
    await pause(staysMs, undefined, { signal: running }).catch(() => undefined);
    const missed = await this.catchUp(withinMs);
    leaving.abort();
    await following;
    return missed;
  }

  /** Waits, only so long, until it stands behind all that is acknowledged by now. Answers how many events of that it was not told. */
  async catchUp(withinMs: number): Promise<number> {
    const { ledger } = this.parts;
    const { from, categories } = this.told;
    const wanted = [...ledger.acknowledgedAfter(from)].filter(({ stream }) => isAskedFor(stream, categories));
    const last = wanted.reduce<Position>((latest, { position }) => (position > latest ? position : latest), '');
    const deadlineMs = performance.now() + withinMs;
    while ((this.told.position ?? '') < last && performance.now() < deadlineMs) await pause(LOOK_MS);
    return this.told.missedOf(wanted);
  }
}
