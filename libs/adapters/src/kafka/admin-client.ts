import { Unavailable } from '@onedoor/engine';
import type { Admin } from 'kafkajs';
import { settledWithin, unlessAborted } from '../shared/waits.js';
import { createClient, type KafkaSetup } from './client.js';
import { isAbsence, kindOf } from './failures.js';
import { IncompleteAnswer, KnownEndOffsets, type PartitionEnds } from './known-end-offsets.js';

const REQUEST_TIMEOUT_MS = 5_000;
const CLOSED_WITHIN_MS = 2_000;
const CLOSED = 'The bus is closed';

/** A connection and the questions that are under way on it: a question on a closed connection would make the driver connect anew. */
interface Session {
  readonly admin: Promise<Admin>;
  readonly asking: Set<Promise<unknown>>;
}

/**
 * Questions to the cluster over one connection, which is kept because catching up asks hundreds of times. After any failure it is
 * replaced, for a connection that stopped answering would stay so. Every failure is `Unavailable`.
 */
export class AdminClient {
  /** Answers that fall behind these are refused; the publisher adds to them. */
  readonly known = new KnownEndOffsets();
  #session: Session | null = null;
  readonly #closing = new AbortController();
  #lastReason: string | null = null;

  constructor(private readonly setup: KafkaSetup) {}

  async ask<Answer>(question: (admin: Admin) => Promise<Answer>): Promise<Answer> {
    if (this.#closing.signal.aborted) throw new Unavailable(CLOSED);
    const call = this.setup.monitor.call();
    const session = (this.#session ??= { admin: this.#connect(), asking: new Set() });
    const answer = session.admin.then(question);
    session.asking.add(answer);
    try {
      const found = await unlessAborted(answer, this.#closing.signal, CLOSED);
      call.succeeded();
      return found;
    } catch (error) {
      if (!this.#closing.signal.aborted && isAbsence(error)) call.failed(kindOf(error));
      call.gaveUp();
      if (error instanceof IncompleteAnswer) this.#alarmOnce(error.message);
      if (this.#session === session) {
        this.#session = null;
        void end(session);
      }
      throw new Unavailable(`Kafka does not answer: ${String(error)}`, { cause: error });
    } finally {
      session.asking.delete(answer);
    }
  }

  ends(topic: string): Promise<ReadonlyMap<number, PartitionEnds>> {
    return this.ask(async (admin) => {
      const offsets = await admin.fetchTopicOffsets(topic);
      return this.known.wholeEnds(
        topic,
        new Map(offsets.map(({ partition, low, high }) => [partition, { low: BigInt(low), high: BigInt(high) }])),
      );
    });
  }

  /** How far a group has come in a topic's partitions; those where it never committed are left out. */
  committed(groupId: string, topic: string): Promise<ReadonlyMap<number, bigint>> {
    return this.ask(async (admin) => {
      const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
      const offsets = (found?.partitions ?? []).map(({ partition, offset }) => [partition, BigInt(offset)] as const);
      // Negative offsets are marks such as "never" and "from the beginning".
      const committed = new Map(offsets.filter(([, offset]) => offset >= 0n));
      for (const [partition, offset] of committed) this.known.note(topic, partition, offset);
      return committed;
    });
  }

  /** How many partitions a topic has. */
  partitionCount(topic: string): Promise<number> {
    return this.ask(async (admin) => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return this.known.wholePartitions(topic, topics[0]?.partitions.map(({ partitionId }) => partitionId) ?? []);
    });
  }

  /** Fails what is being asked; nothing is asked afterwards. */
  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#session !== null) await settledWithin(end(this.#session), CLOSED_WITHIN_MS);
  }

  /** Raises the same alarm once: the question is repeated, and a broker that is loading its log answers completely in a moment. */
  #alarmOnce(reason: string): void {
    if (this.#lastReason !== reason) this.setup.alarm('kafka answers less than is known', { reason });
    this.#lastReason = reason;
  }

  async #connect(): Promise<Admin> {
    const admin = createClient(this.setup, REQUEST_TIMEOUT_MS).admin();
    await admin.connect();
    return admin;
  }
}

/** Closes the connection once no question is under way on it. */
async function end({ admin, asking }: Session): Promise<void> {
  await Promise.allSettled(asking);
  try {
    await (await admin).disconnect();
  } catch {
    // It never connected, or is gone already: there is nothing to close.
  }
}
