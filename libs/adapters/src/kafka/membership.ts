import type { Alarm, BusMessage } from '@onedoor/engine';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { pause, settledWithin } from '../shared/waits.js';
import { Generation } from './generation.js';
import type { Progress } from './progress.js';
import type { PageDispatcher } from './page-dispatcher.js';
import { eventOf } from './record.js';
import { type Slice, slicesOf } from './slices.js';

/** How long a fetch waits for messages: it bounds how late a resumed partition is read, and how late a member leaves. */
const FETCH_WAIT_MS = 250;
const PARTITION_FETCH_BYTES = 262_144;
const FETCH_BYTES = 2_097_152;
const HEARTBEAT_MS = 1_000;
const REBALANCE_TIMEOUT_MS = 10_000;
/** Longer than any rebalance: a consumer that fetched nothing and joined nothing for so long is stuck. */
const SILENCE_MS = 20_000;
/** Partitions that are handled side by side: more than any topic of the product has. */
const SIDE_BY_SIDE = 24;
/** The driver neither fetches other partitions nor sends heartbeats while it waits for a batch: after this, the partition is paused. */
const PATIENCE_MS = 500;
const LEAVE_WITHIN_MS = 4_500;
const COMMIT_PAUSE_MS = 200;

interface MembershipParts {
  readonly client: Kafka;
  readonly groupId: string;
  /** The topic as the cluster names it, and as the product does. */
  readonly kafkaTopic: string;
  readonly topic: string;
  readonly sessionTimeoutMs: number;
  readonly dispatcher: PageDispatcher;
  readonly progress: Progress;
  readonly alarm: Alarm;
  onJoined(partitions: readonly number[]): void;
  /** A broker answered, with messages or without. */
  onFetched(): void;
}

/**
 * One consumer of the driver, from its start until it is stopped, crashes or falls silent.
 *
 * The driver waits for a batch half a second at most. When handling takes longer, as while a dependency is down, the partition is
 * paused, the page stays in progress, and the driver goes on: it fetches other partitions, sends heartbeats and takes part in
 * rebalances at once. When the page is done in the same generation, the partition is resumed.
 */
export class Membership {
  readonly #consumer: Consumer;
  readonly #over = Promise.withResolvers<string>();
  #generation: Generation;
  #silence: NodeJS.Timeout | undefined;

  constructor(private readonly parts: MembershipParts) {
    this.#generation = new Generation(parts.kafkaTopic);
    this.#consumer = parts.client.consumer({
      groupId: parts.groupId,
      sessionTimeout: parts.sessionTimeoutMs,
      heartbeatInterval: Math.min(HEARTBEAT_MS, Math.floor(parts.sessionTimeoutMs / 3)),
      rebalanceTimeout: Math.max(REBALANCE_TIMEOUT_MS, parts.sessionTimeoutMs),
      maxWaitTimeInMs: FETCH_WAIT_MS,
      maxBytesPerPartition: PARTITION_FETCH_BYTES,
      maxBytes: FETCH_BYTES,
      metadataMaxAge: 60_000,
      allowAutoTopicCreation: false,
      // The driver may restart itself even after a stop; a new consumer is made here instead.
      retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000, restartOnFailure: async () => false },
    });
  }

  /** Resolves with the reason once it is over, when it has left the group or given up leaving. Never rejects. */
  async run(signal: AbortSignal): Promise<string> {
    const stop = (): void => this.#over.resolve('stopped');
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    this.#listen();
    const started = this.#start(signal).catch((error: unknown) => this.#over.resolve(String(error)));
    const reason = await this.#over.promise;
    signal.removeEventListener('abort', stop);
    clearTimeout(this.#silence);
    this.#generation.end();
    // A disconnect while the driver is starting would have no effect.
    const left = started.then(() => this.#consumer.disconnect()).catch(() => undefined);
    // A consumer that crashed or is stuck may take minutes to disconnect: its replacement does not wait for that.
    if (signal.aborted) await settledWithin(left, LEAVE_WITHIN_MS);
    return reason;
  }

  #listen(): void {
    const { events } = this.#consumer;
    this.#silence = setTimeout(() => this.#over.resolve('silent'), SILENCE_MS + this.parts.sessionTimeoutMs).unref();
    this.#consumer.on(events.FETCH, () => {
      this.#silence?.refresh();
      this.parts.onFetched();
    });
    this.#consumer.on(events.CRASH, ({ payload }) => this.#over.resolve(String(payload.error)));
    this.#consumer.on(events.GROUP_JOIN, ({ payload }) => {
      this.#silence?.refresh();
      this.#generation.end();
      this.#generation = new Generation(this.parts.kafkaTopic);
      this.parts.onJoined(payload.memberAssignment[this.parts.kafkaTopic] ?? []);
    });
  }

  async #start(signal: AbortSignal): Promise<void> {
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [this.parts.kafkaTopic], fromBeginning: true });
    if (signal.aborted) return;
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: SIDE_BY_SIDE,
      eachBatch: (payload) => this.#takeBatch(payload),
    });
  }

  /** Never throws, for the driver would stop for good, and never returns an unfinished batch without pausing its partition. */
  async #takeBatch(payload: EachBatchPayload): Promise<void> {
    const handled = this.#handle(payload, this.#generation).catch((error: unknown) => this.#over.resolve(String(error)));
    if (await settledWithin(handled, PATIENCE_MS)) return;
    const resume = payload.pause();
    void handled.then(resume);
  }

  async #handle(payload: EachBatchPayload, generation: Generation): Promise<void> {
    const { batch } = payload;
    for (const slice of slicesOf(batch.messages, batch.lastOffset())) {
      const messages = this.#messagesOf(slice, batch.partition);
      const commit = (): Promise<void> => this.#commit(slice.next, payload, generation);
      if (!(await this.parts.dispatcher.dispatch({ partition: batch.partition, messages, commit }, generation.signal))) return;
    }
  }

  #messagesOf({ messages }: Slice<EachBatchPayload['batch']['messages'][number]>, partition: number): readonly BusMessage[] {
    const { topic, alarm } = this.parts;
    return messages.flatMap(({ value, offset }) => {
      const event = eventOf(value);
      if (event !== null) return [{ topic, event }];
      alarm('message skipped, for it is no CloudEvent', { topic, partition, offset });
      return [];
    });
  }

  /** Commits how far a partition is handled, and repeats that until it succeeds or the generation ends. */
  async #commit(next: bigint, payload: EachBatchPayload, generation: Generation): Promise<void> {
    const { partition } = payload.batch;
    while (!generation.signal.aborted) {
      payload.resolveOffset(String(next - 1n));
      try {
        await generation.commit(partition, next, payload.commitOffsetsIfNecessary);
        return this.parts.progress.note(partition, next);
      } catch {
        // The group is being rebalanced, or its coordinator is away: the driver's own heartbeat finds out which.
        await pause(COMMIT_PAUSE_MS, generation.signal);
      }
    }
  }
}
