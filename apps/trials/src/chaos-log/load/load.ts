import { setTimeout as pause } from 'node:timers/promises';
import type { RecordedEvent } from '@onedoor/engine';
import { askCaughtUp, askHeads, askPositions, readStreams } from './askers.js';
import { Follower } from './follower.js';
import type { LoadParts } from './load-parts.js';
import { SharedStreams, writeOwn, writeShared } from './writers.js';

/** The load of one stage: on each client writers, readers and followers of every kind, all against one ledger. */
export class Load {
  private readonly ending = new AbortController();
  private readonly leaving = new AbortController();
  private readonly staying: readonly Follower[];
  private missedByComers = 0;
  private repeatedToComers = 0;
  private readonly work: Promise<void>;
  private readonly following: Promise<unknown>;

  constructor(private readonly parts: readonly LoadParts[]) {
    const shared = new SharedStreams();
    const running = this.ending.signal;
    this.staying = parts.map((each) => new Follower(each, null, null));
    this.following = Promise.all(this.staying.map((follower) => follower.stay(this.leaving.signal)));
    this.work = Promise.all(
      parts.flatMap((each) => [
        writeOwn(each, running),
        writeShared(each, shared, running),
        readStreams(each, running),
        readStreams(each, running),
        askHeads(each, running),
        askCaughtUp(each, running),
        askPositions(each, running),
        this.comeAndGo(each),
      ]),
    ).then(() => undefined);
  }

  /** Events that followers were not told, of those that came anew by the time they left, of those that stayed in the whole log. */
  missedOf(log: readonly RecordedEvent[]): number {
    return this.staying.reduce((sum, { told }) => sum + told.missedOfLog(log), this.missedByComers);
  }

  /** Events that followers were told again or out of order. */
  get repeated(): number {
    return this.staying.reduce((sum, { told }) => sum + told.repeated, this.repeatedToComers);
  }

  /** Ends the load, and the followers that stay when they were told everything or are given up. Rejects where the load itself failed. */
  async end(withinMs: number): Promise<void> {
    this.ending.abort();
    await this.work;
    await Promise.all(this.staying.map((follower) => follower.catchUp(withinMs)));
    this.leaving.abort();
    await this.following;
  }

  private async comeAndGo(each: LoadParts): Promise<void> {
    while (!this.ending.signal.aborted) {
      await pause(BETWEEN_COMERS_MS * Math.random());
      const comer = Follower.anew(each);
      this.missedByComers += await comer.visit(STAY_MS * Math.random(), LEAVE_WITHIN_MS, this.ending.signal);
      this.repeatedToComers += comer.told.repeated;
    }
  }
}

const BETWEEN_COMERS_MS = 2_000;
const STAY_MS = 4_000;
/** A follower that wants to leave is told by then what was acknowledged before, through any fault of the plan. */
const LEAVE_WITHIN_MS = 60_000;
