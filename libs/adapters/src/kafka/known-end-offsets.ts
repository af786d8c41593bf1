/** The offset of the first message of a partition that is still kept, and the one behind the last message. */
export interface PartitionEnds {
  readonly low: bigint;
  readonly high: bigint;
}

/** An answer that says less than this process knows already. */
export class IncompleteAnswer extends Error {
  override readonly name = 'IncompleteAnswer';
}

/**
 * The least end offset of each partition that this process knows of: from what it published, from what its groups have handled
 * and from earlier answers. A log only grows. An answer that says less is incomplete: its broker has not loaded the log yet, leaves
 * partitions out, or has lost messages, and a reader that took it for the end would leave out the messages behind it.
 */
export class KnownEndOffsets {
  readonly #topics = new Map<string, Map<number, bigint>>();

  /** Everything before this offset of a partition was written. */
  note(topic: string, partition: number, end: bigint): void {
    const known = this.#topics.get(topic) ?? new Map<number, bigint>();
    this.#topics.set(topic, known);
    if (end > (known.get(partition) ?? -1n)) known.set(partition, end);
  }

  /** Returns the answer and remembers it; throws `IncompleteAnswer` when it says less than is known. */
  wholeEnds(topic: string, ends: ReadonlyMap<number, PartitionEnds>): ReadonlyMap<number, PartitionEnds> {
    this.wholePartitions(topic, [...ends.keys()]);
    for (const [partition, { high }] of ends) {
      const known = this.#topics.get(topic)?.get(partition) ?? 0n;
      if (high < known)
        throw new IncompleteAnswer(`partition ${partition} of ${topic} is said to end at ${high}, and reached ${known} before`);
    }
    for (const [partition, { high }] of ends) this.note(topic, partition, high);
    return ends;
  }

  /** How many partitions there are, numbered from 0 without a gap; throws `IncompleteAnswer` when some are left out. */
  wholePartitions(topic: string, partitions: readonly number[]): number {
    const known = Math.max(-1, ...(this.#topics.get(topic)?.keys() ?? []), ...partitions) + 1;
    if (partitions.length === 0 || new Set(partitions).size < known)
      throw new IncompleteAnswer(`${topic} is said to have ${partitions.length} partitions, and has ${known} at least`);
    this.note(topic, known - 1, 0n);
    return known;
  }
}
