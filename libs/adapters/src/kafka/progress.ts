import type { PartitionEnds } from './known-end-offsets.js';

/** An offset for each partition of a topic. */
type Offsets = ReadonlyMap<number, bigint>;

/** How far a group has come in one topic, as far as this process knows. It only ever grows. */
export class Progress {
  readonly #passed = new Map<number, bigint>();

  /** Everything before this offset is handled and committed. */
  note(partition: number, next: bigint): void {
    if (next > (this.#passed.get(partition) ?? -1n)) this.#passed.set(partition, next);
  }

  noteAll(offsets: Offsets): void {
    for (const [partition, next] of offsets) this.note(partition, next);
  }

  hasReached(target: Offsets): boolean {
    return [...target].every(([partition, next]) => (this.#passed.get(partition) ?? 0n) >= next);
  }
}

/** What a group must have passed to be caught up: the end offsets of the partitions that hold any message. */
export function targetOf(ends: ReadonlyMap<number, PartitionEnds>): Offsets {
  return new Map([...ends].filter(([, { low, high }]) => high > low).map(([partition, { high }]) => [partition, high]));
}

/** Messages that the group has not passed yet. Those that retention removed are no longer waiting. */
export function waitingIn(ends: ReadonlyMap<number, PartitionEnds>, committed: Offsets): number {
  return [...ends].reduce((sum, [partition, { low, high }]) => {
    const passed = committed.get(partition) ?? low;
    return sum + Number(high - (passed > low ? passed : low));
  }, 0);
}

/** Messages of one partition that retention removed before the group had passed them; 0 for a group that never began. */
export function missedIn({ low }: PartitionEnds, committed: bigint | undefined): number {
  return committed !== undefined && committed < low ? Number(low - committed) : 0;
}
