import type { EachBatchPayload } from 'kafkajs';

type Commit = EachBatchPayload['commitOffsetsIfNecessary'];

/**
 * The time between two rebalances of a group, in which a member owns the same partitions. What was begun in one generation is
 * committed in that one only: afterwards another member may own the partition, and the messages come again.
 *
 * A commit takes some milliseconds for any number of partitions: those that are asked for while one is under way go together in
 * the next one.
 */
export class Generation {
  readonly #end = new AbortController();
  #gathered = new Map<number, bigint>();
  #upcoming: Promise<void> | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly topic: string) {}

  /** Fires when the generation is over. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  end(): void {
    this.#end.abort();
  }

  /** Commits that everything before `next` is handled; throws what the driver throws. */
  commit(partition: number, next: bigint, write: Commit): Promise<void> {
    this.#gathered.set(partition, next);
    return (this.#upcoming ??= this.#running.then(() => this.#commitGathered(write)));
  }

  #commitGathered(write: Commit): Promise<void> {
    const partitions = [...this.#gathered].map(([partition, next]) => ({ partition, offset: String(next) }));
    this.#gathered = new Map();
    this.#upcoming = null;
    const committed = write({ topics: [{ topic: this.topic, partitions }] });
    this.#running = committed.catch(() => undefined);
    return committed;
  }
}
