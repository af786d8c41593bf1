import { BoundedCache, MINUTE_MS, SECOND_MS } from '@onedoor/kernel';

/** Keys that are counted at most; beyond it the least recently used one is evicted, which had spent least lately. */
const KEYS_MOST = 20_000;

interface Account {
  /** What is left of the budget, as of an instant. */
  left: number;
  asOfMs: number;
}

/**
 * What each client may spend in a minute. A budget fills evenly: who spent all of it at once has half of it again after half a minute. Work
 * is paid for by its cost before it is done; a piece that costs more than a whole budget is paid for by a full one.
 */
export class Budgets {
  private readonly accounts = new BoundedCache<string, Account>(KEYS_MOST);

  /** `perMinute`: 0 for no limit. */
  constructor(private readonly perMinute: number) {}

  /** Takes the cost from what the client has left. Where that is too little, takes nothing and answers the seconds until it is enough. */
  spend(client: string, cost: number, nowMs: number): number | null {
    if (this.perMinute === 0) return null;
    const account = this.accountOf(client, nowMs);
    const due = Math.min(cost, this.perMinute);
    const waitMs = Math.round(((due - account.left) / this.perMinute) * MINUTE_MS);
    if (waitMs > 0) return Math.ceil(waitMs / SECOND_MS);
    account.left -= due;
    return null;
  }

  private accountOf(client: string, nowMs: number): Account {
    const known = this.accounts.get(client);
    // A clock that was set back fills nothing, and takes nothing away.
    const gained = known === undefined ? 0 : (Math.max(0, nowMs - known.asOfMs) / MINUTE_MS) * this.perMinute;
    const account = known ?? { left: this.perMinute, asOfMs: nowMs };
    account.left = Math.min(this.perMinute, account.left + gained);
    account.asOfMs = nowMs;
    if (known === undefined) this.accounts.set(client, account);
    return account;
  }
}
