import { BoundedCache, LIMITS, type Instant } from '@onedoor/kernel';
import type { Alarm } from './ports/alarm.js';
import type { Clock } from './ports/clock.js';
import type { RunOptions } from './worker.js';

/** One entry of a due list: what is to be assessed, and when. */
export interface DueItem {
  readonly id: string;
  readonly dueAt: Instant;
}

interface TickerOptions {
  /** The next entries that are due by `now`, in the order of (dueAt, id), behind `after`. */
  readonly due: (now: Instant, after: DueItem | null, limit: number) => Promise<readonly DueItem[]>;
  /** Assesses one entry; idempotent. */
  readonly assess: (item: DueItem, now: Instant) => Promise<void>;
  readonly clock: Clock;
  readonly alarm: Alarm;
}

const PERIOD_MS = 1_000;
const PAGE_ITEMS = Math.min(200, LIMITS.pageRows);
const FIRST_BACK_OFF_MS = 1_000;
const LONGEST_BACK_OFF_MS = 300_000;
const REMEMBERED_FAILURES = 10_000;

/**
 * Assesses entries that have come due: pages through the due list up to now by cursor. It holds no timers and needs no lease,
 * because assessments are idempotent. An entry that fails is skipped for a growing time and blocks no other.
 */
export class Ticker {
  private readonly failures = new BoundedCache<string, { readonly untilMs: number; readonly backOffMs: number }>(REMEMBERED_FAILURES);

  constructor(private readonly options: TickerOptions) {}

  async run({ signal, onProgress }: Pick<RunOptions, 'signal' | 'onProgress'>): Promise<void> {
    while (!signal.aborted) {
      await this.tick(signal);
      onProgress?.();
      await this.options.clock.wait(PERIOD_MS, signal);
    }
  }

  /** One pass over the entries due now; returns how many were assessed. */
  async tick(signal: AbortSignal): Promise<number> {
    const now = this.options.clock.now();
    let assessed = 0;
    let after: DueItem | null = null;
    while (!signal.aborted) {
      const page: readonly DueItem[] = await this.options.due(now, after, PAGE_ITEMS);
      for (const item of page) if (await this.assess(item, now)) assessed += 1;
      after = page.at(-1) ?? null;
      if (page.length < PAGE_ITEMS) break;
    }
    return assessed;
  }

  private async assess(item: DueItem, now: Instant): Promise<boolean> {
    const failure = this.failures.get(item.id);
    if (failure !== undefined && failure.untilMs > Date.parse(now)) return false;
    try {
      await this.options.assess(item, now);
      this.failures.delete(item.id);
      return true;
    } catch (error) {
      const backOffMs = Math.min((failure?.backOffMs ?? FIRST_BACK_OFF_MS / 2) * 2, LONGEST_BACK_OFF_MS);
      this.failures.set(item.id, { untilMs: Date.parse(now) + backOffMs, backOffMs });
      this.options.alarm('due item failed', { id: item.id, dueAt: item.dueAt, backOffMs, reason: String(error) });
      return false;
    }
  }
}
