import type { PublicEvent } from '@onedoor/contracts';
import type { Position } from '@onedoor/engine';

/** A public event of some department's work, with the place in the log of the fact behind it: no fact leads to two of them. */
export interface WorkItem {
  readonly position: Position;
  readonly topic: string;
  readonly event: PublicEvent;
}

/** The last work of all departments, in the order of the log, without a gap from `since` on. */
export class WorkRing {
  private items: WorkItem[] = [];
  private readonly waiting = new Set<() => void>();

  /** `since`: behind which position it begins; null: with the first event of all. */
  constructor(
    private since: Position | null,
    private readonly capacity: number,
  ) {}

  push(items: readonly WorkItem[]): void {
    if (items.length === 0) return;
    this.items.push(...items);
    // Twice as many as are kept for good: so the oldest go all at once, and seldom.
    if (this.items.length > 2 * this.capacity) {
      const dropped = this.items.splice(0, this.items.length - this.capacity);
      this.since = dropped.at(-1)?.position ?? this.since;
    }
    for (const wake of [...this.waiting]) wake();
  }

  /** Whether it holds, or will hold, everything behind a position. */
  covers(position: Position | null): boolean {
    return this.since === null || (position !== null && position >= this.since);
  }

  /** What is behind a position that it covers. */
  after(position: Position | null): readonly WorkItem[] {
    let start = this.items.length;
    while (start > 0 && (position === null || (this.items[start - 1] as WorkItem).position > position)) start--;
    return this.items.slice(start);
  }

  /** Resolves when something was added, or the signal fired. */
  grown(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}
