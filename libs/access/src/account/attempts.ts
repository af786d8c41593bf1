import { BoundedCache, MINUTE_MS } from '@onedoor/kernel';

/** A key that failures are counted by, and how many it may have in one window. */
export interface Counted {
  readonly key: string;
  readonly most: number;
}

const WINDOW_MS = 5 * MINUTE_MS;
/** How many keys are counted at most; beyond it the least recently used one is evicted. */
const KEYS_MOST = 20_000;

/**
 * Limits failed attempts in a window of five minutes. An attempt is counted before it is checked and given back when it succeeds, so
 * that concurrent attempts get no more tries than consecutive ones.
 */
export class Attempts {
  private readonly windows = new BoundedCache<string, { readonly endsMs: number; taken: number }>(KEYS_MOST);

  /** Counts one attempt for all of these keys. Where one of them has none left, counts nothing and answers the seconds until it has. */
  take(counted: readonly Counted[], nowMs: number): number | null {
    const windows = counted.map(({ key, most }) => ({ window: this.windowOf(key, nowMs), most }));
    const waitsMs = windows.filter(({ window, most }) => window.taken >= most).map(({ window }) => window.endsMs - nowMs);
    if (waitsMs.length > 0) return Math.ceil(Math.max(...waitsMs) / 1_000);
    for (const { window } of windows) window.taken += 1;
    return null;
  }

  giveBack(counted: readonly Counted[], nowMs: number): void {
    for (const { key } of counted) {
      const window = this.windowOf(key, nowMs);
      window.taken = Math.max(0, window.taken - 1);
    }
  }

  private windowOf(key: string, nowMs: number): { readonly endsMs: number; taken: number } {
    const known = this.windows.get(key);
    if (known !== undefined && known.endsMs > nowMs) return known;
    const window = { endsMs: nowMs + WINDOW_MS, taken: 0 };
    this.windows.set(key, window);
    return window;
  }
}
