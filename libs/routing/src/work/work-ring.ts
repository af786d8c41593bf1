import type { PublicEvent } from '@onedoor/contracts';
import type { Position } from '@onedoor/engine';

/** A public event of some department's work, with the place in the log of the fact behind it: no fact leads to two of them. */
export interface WorkItem {
  readonly position: Position;
  readonly topic: string;
  readonly event: PublicEvent;
  /** What it takes in memory, estimated. */
  readonly bytes: number;
}

/** The last work of all departments, in the order of the log, without a gap from `since` on. */
export class WorkRing {
  private items: WorkItem[] = [];
  private held = 0;
  private readonly waiting = new Set<() => void>();

  /** `since`: behind which position it begins; null: with the first event of all. */
  constructor(
    private since: Position | null,
    private readonly capacityBytes: number,
  ) {}

  get bytes(): number {
    return this.held;
  }

  push(items: readonly WorkItem[]): void {
    if (items.length === 0) return;
    this.items.push(...items);
    for (const { bytes } of items) this.held += bytes;
    if (this.held > this.capacityBytes) this.forget();
    for (const wake of [...this.waiting]) wake();
  }

  /** Drops the oldest down to half of the capacity, so that they go all at once, and seldom. The newest stays in any case. */
  private forget(): void {
    let dropped = 0;
    for (; dropped < this.items.length - 1 && this.held > this.capacityBytes / 2; dropped++) this.held -= this.items[dropped]?.bytes ?? 0;
    this.since = this.items.splice(0, dropped).at(-1)?.position ?? this.since;
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
