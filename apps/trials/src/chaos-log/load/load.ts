import { setTimeout as pause } from 'node:timers/promises';
import type { RecordedEvent } from '@onedoor/engine';
import { readUntilCaughtUp, readHeads, subscribeFromPositions, readStreams } from './readers.js';
import { Follower } from './follower.js';
import type { LoadContext } from './load-context.js';
import { SharedStreams, writeOwn, writeShared } from './writers.js';

/** The load of one stage: writers, readers and followers on each client, all checked against one ledger. */
export class Load {
  private readonly ending = new AbortController();
  private readonly leaving = new AbortController();
  private readonly permanent: readonly Follower[];
  private missedByShortLived = 0;
  private repeatedToShortLived = 0;
  private readonly work: Promise<void>;
  private readonly following: Promise<unknown>;

  constructor(private readonly contexts: readonly LoadContext[]) {
    const shared = new SharedStreams();
    const running = this.ending.signal;
    this.permanent = contexts.map((each) => new Follower(each, null, null));
    this.following = Promise.all(this.permanent.map((follower) => follower.follow(this.leaving.signal)));
    this.work = Promise.all(
      contexts.flatMap((each) => [
        writeOwn(each, running),
        writeShared(each, shared, running),
        readStreams(each, running),
        readStreams(each, running),
        readHeads(each, running),
        readUntilCaughtUp(each, running),
        subscribeFromPositions(each, running),
        this.runShortLived(each),
      ]),
    ).then(() => undefined);
  }

  /** Events that followers missed: short-lived ones until they ended, permanent ones in the whole log. */
  missedOf(log: readonly RecordedEvent[]): number {
    return this.permanent.reduce((sum, { received }) => sum + received.missedOfLog(log), this.missedByShortLived);
  }

  /** Events that followers received again or out of order. */
  get repeated(): number {
    return this.permanent.reduce((sum, { received }) => sum + received.repeated, this.repeatedToShortLived);
  }

  /** Ends the load, and the permanent followers once they caught up or `withinMs` is over. Rejects where the load itself failed. */
  async end(withinMs: number): Promise<void> {
    this.ending.abort();
    await this.work;
    await Promise.all(this.permanent.map((follower) => follower.catchUp(withinMs)));
    this.leaving.abort();
    await this.following;
  }

  private async runShortLived(each: LoadContext): Promise<void> {
    while (!this.ending.signal.aborted) {
      await pause(BETWEEN_FOLLOWERS_MS * Math.random());
      const follower = Follower.atRandom(each);
      this.missedByShortLived += await follower.followFor(FOLLOW_MS * Math.random(), CATCH_UP_WITHIN_MS, this.ending.signal);
      this.repeatedToShortLived += follower.received.repeated;
    }
  }
}

const BETWEEN_FOLLOWERS_MS = 2_000;
const FOLLOW_MS = 4_000;
/** A short-lived follower catches up within this time through any fault of the plan. */
const CATCH_UP_WITHIN_MS = 60_000;
