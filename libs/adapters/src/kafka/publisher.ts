import { type BusMessage, Unavailable } from '@onedoor/engine';
import kafkajs, { type Producer } from 'kafkajs';
import { settledWithin, unlessAborted } from '../shared/waits.js';
import type { AdminClient } from './admin-client.js';
import { type AddressedRecord, batchesOf, type PartitionBatches, partitionOf } from './batches.js';
import { createClient, type KafkaSetup } from './client.js';
import { isAbsence, kindOf } from './failures.js';
import { topicIn } from './options.js';
import { recordOf } from './record.js';

const REQUEST_TIMEOUT_MS = 10_000;
const ATTEMPTS = 3;
const CLOSED_WITHIN_MS = 2_000;
const CLOSED = 'The bus is closed';
/** Below this size, compressing costs more than it saves. */
const COMPRESSED_FROM_BYTES = 1_000;

/**
 * Sends pages, one after another, and repeats what the cluster did not confirm.
 *
 * The driver's own guarantees end at a failure: a send over several partitions may leave one out when a leader moves, and after an
 * error its idempotent producer continues from a sequence number that the broker may have used. So a send goes to one partition,
 * one is under way for each, and after any failure the unconfirmed rest goes through a new producer. Messages that are written
 * twice are in order, and consumers recognize repetitions.
 */
export class Publisher {
  #producer: Promise<Producer> | null = null;
  #turn: Promise<void> = Promise.resolve();
  #isClosed = false;
  readonly #closing = new AbortController();
  readonly #partitionCounts = new Map<string, number>();

  constructor(
    private readonly setup: KafkaSetup,
    private readonly adminClient: AdminClient,
  ) {}

  /** Resolves when every message is written in as many copies as its topic asks for; throws `Unavailable` otherwise. */
  publish(messages: readonly BusMessage[]): Promise<void> {
    const published = this.#turn.then(() => this.#publishPage(messages));
    this.#turn = published.catch(() => undefined);
    return unlessAborted(published, this.#closing.signal, CLOSED);
  }

  /** Waits a while for what is under way, fails what is left, and closes the connection. Nothing is published afterwards. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await settledWithin(this.#turn, CLOSED_WITHIN_MS);
    this.#closing.abort();
    await settledWithin(this.#replaceProducer(), CLOSED_WITHIN_MS);
  }

  async #publishPage(messages: readonly BusMessage[]): Promise<void> {
    let unconfirmed = batchesOf(await this.#address(messages));
    const call = this.setup.monitor.call();
    for (let attempt = 1; unconfirmed.length > 0; attempt++) {
      if (this.#isClosed) {
        call.gaveUp();
        throw new Unavailable(CLOSED);
      }
      const { rest, failure } = await this.#send(unconfirmed);
      unconfirmed = rest;
      if (rest.length === 0) return call.succeeded();
      if (isAbsence(failure)) call.failed(kindOf(failure));
      void this.#replaceProducer();
      if (attempt < ATTEMPTS) continue;
      call.gaveUp();
      throw new Unavailable(`Kafka did not confirm: ${String(failure)}`, { cause: failure });
    }
  }

  async #address(messages: readonly BusMessage[]): Promise<readonly AddressedRecord[]> {
    const addressed: AddressedRecord[] = [];
    for (const message of messages) {
      const topic = topicIn(this.setup, message.topic);
      const record = recordOf(message.event);
      addressed.push({ ...record, topic, partition: partitionOf(record.key, await this.#partitionCount(topic)) });
    }
    return addressed;
  }

  async #partitionCount(topic: string): Promise<number> {
    const known = this.#partitionCounts.get(topic) ?? (await this.adminClient.partitionCount(topic));
    this.#partitionCounts.set(topic, known);
    return known;
  }

  /** Sends to all partitions side by side, and answers what is not confirmed once all of them have settled. */
  async #send(work: readonly PartitionBatches[]): Promise<{ readonly rest: readonly PartitionBatches[]; readonly failure?: unknown }> {
    let failure: unknown;
    const rests = await Promise.all(
      work.map(async ({ topic, partition, batches }) => {
        for (const [index, batch] of batches.entries()) {
          try {
            await this.#sendBatch(topic, partition, batch);
          } catch (error) {
            failure = error;
            return { topic, partition, batches: batches.slice(index) };
          }
        }
        return null;
      }),
    );
    return { rest: rests.filter((rest) => rest !== null), failure };
  }

  async #sendBatch(topic: string, partition: number, batch: PartitionBatches['batches'][number]): Promise<void> {
    const producer = await (this.#producer ??= this.#connect());
    const bytes = batch.reduce((sum, { value }) => sum + value.length, 0);
    const answers = await producer.send({
      topic,
      acks: -1,
      compression: bytes >= COMPRESSED_FROM_BYTES ? kafkajs.CompressionTypes.GZIP : kafkajs.CompressionTypes.None,
      messages: batch.map(({ key, value, headers }) => ({ key, value, headers: { ...headers }, partition })),
    });
    // The driver also resolves when it sent nothing at all.
    const [answer] = answers;
    const isConfirmed = answers.length === 1 && answer?.partition === partition && answer.errorCode === 0;
    if (!isConfirmed) throw new Error(`${topic} [${partition}] was not confirmed`);
    // A negative offset is none: the batch is a repetition of one that the broker had written already.
    const first = BigInt(answer.baseOffset ?? -1);
    if (first >= 0n) this.adminClient.known.note(topic, partition, first + BigInt(batch.length));
  }

  async #connect(): Promise<Producer> {
    const producer = createClient(this.setup, REQUEST_TIMEOUT_MS).producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return producer;
  }

  async #replaceProducer(): Promise<void> {
    const producer = this.#producer;
    this.#producer = null;
    try {
      await (await producer)?.disconnect();
    } catch {
      // It never connected, or is gone already.
    }
  }
}
