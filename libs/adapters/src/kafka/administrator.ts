import { Unavailable } from '@onedoor/engine';
import type { Admin } from 'kafkajs';
import { settledWithin, unlessAborted } from '../shared/waits.js';
import { createClient, type KafkaSetup } from './client.js';
import { isAbsence, kindOf } from './failures.js';
import { KnownEnds, type PartitionEnds, ShortAnswer } from './known-ends.js';

const REQUEST_TIMEOUT_MS = 5_000;
const CLOSED_WITHIN_MS = 2_000;
const CLOSED = 'The bus is closed';

/** A connection and the questions that are under way on it: asked after it was cut, the driver would quietly connect anew. */
interface Session {
  readonly admin: Promise<Admin>;
  readonly asking: Set<Promise<unknown>>;
}

/**
 * Questions to the cluster, over one connection that is kept, because catching up asks hundreds of times. After any failure
 * it is thrown away: a connection that went dark would stay so. Every failure is `Unavailable`.
 */
export class Administrator {
  /** What no answer may fall behind; the publisher adds to it. */
  readonly known = new KnownEnds();
  #session: Session | null = null;
  readonly #closing = new AbortController();
  #told: string | null = null;

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
      if (error instanceof ShortAnswer) this.#tellOnce(error.message);
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
      // Below zero stand marks such as "never" and "from the beginning".
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

  /** It is asked again and again meanwhile, for a broker that loads its log answers rightly in a moment. */
  #tellOnce(reason: string): void {
    if (this.#told !== reason) this.setup.alarm('kafka answers less than is known', { reason });
    this.#told = reason;
  }

  async #connect(): Promise<Admin> {
    const admin = createClient(this.setup, REQUEST_TIMEOUT_MS).admin();
    await admin.connect();
    return admin;
  }
}

/** Lets go of the connection once nobody asks over it any longer. */
async function end({ admin, asking }: Session): Promise<void> {
  await Promise.allSettled(asking);
  try {
    await (await admin).disconnect();
  } catch {
    // It never connected, or is gone already: there is nothing to let go of.
  }
}
