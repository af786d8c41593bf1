import type { Clock } from '@onedoor/engine';
import { msOf } from '@onedoor/kernel';
import { RequestProblem } from '../http/problem.js';
import { Budgets } from './budgets.js';
import { networkOf } from './network-of.js';

/** How many units of reading a client has for each post: a unit is about what one row of a document costs to find and to write. */
const READS_A_POST = 100;

/** What one client may ask of this process in a minute, by address and by api key. */
export class ClientLimits {
  private readonly posts: Budgets;
  private readonly reads: Budgets;

  /** `postsAMinute`: 0 for no limits. */
  constructor(
    postsAMinute: number,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    this.posts = new Budgets(postsAMinute);
    this.reads = new Budgets(postsAMinute * READS_A_POST);
  }

  /** Counts a post of the holder of an api key, from wherever it comes. Throws a 429 when it is one too many. */
  post(holder: string): void {
    refuse(this.posts.spend(holder, 1, this.nowMs()));
  }

  /** Pays for an anonymous read before it is done. Throws a 429 where the client's budget is spent. */
  read(address: string, cost: number): void {
    refuse(this.reads.spend(networkOf(address), cost, this.nowMs()));
  }

  private nowMs(): number {
    return msOf(this.clock.now());
  }
}

function refuse(retryAfterSeconds: number | null): void {
  if (retryAfterSeconds !== null)
    throw new RequestProblem(429, ['Too much was asked in a minute: try again later'], { code: 'TOO_MANY_REQUESTS', retryAfterSeconds });
}
