import { Unavailable } from '@onedoor/engine';
import type { Admin } from 'kafkajs';
import { settledWithin } from '../shared/settled-within.js';
import { createClient, type KafkaSetup } from './client.js';

const REQUEST_TIMEOUT_MS = 5_000;
const CLOSED_WITHIN_MS = 2_000;

/** The first message that is still kept, and the place behind the last one. */
export interface PartitionEnds {
  readonly low: bigint;
  readonly high: bigint;
}

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
  #session: Session | null = null;
  #isClosed = false;

  constructor(private readonly setup: KafkaSetup) {}

  async ask<Answer>(question: (admin: Admin) => Promise<Answer>): Promise<Answer> {
    if (this.#isClosed) throw new Unavailable('The bus is closed');
    const session = (this.#session ??= { admin: this.#connect(), asking: new Set() });
    const answer = session.admin.then(question);
    session.asking.add(answer);
    try {
      return await answer;
    } catch (error) {
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
      return new Map(offsets.map(({ partition, low, high }) => [partition, { low: BigInt(low), high: BigInt(high) }]));
    });
  }

  /** How far a group has come in a topic's partitions; those where it never committed are left out. */
  committed(groupId: string, topic: string): Promise<ReadonlyMap<number, bigint>> {
    return this.ask(async (admin) => {
      const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
      const offsets = (found?.partitions ?? []).map(({ partition, offset }) => [partition, BigInt(offset)] as const);
      // Below zero stand marks such as "never" and "from the beginning".
      return new Map(offsets.filter(([, offset]) => offset >= 0n));
    });
  }

  async partitionCount(topic: string): Promise<number> {
    const { topics } = await this.ask((admin) => admin.fetchTopicMetadata({ topics: [topic] }));
    return topics[0]?.partitions.length ?? 0;
  }

  /** Nothing is asked afterwards. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#session !== null) await settledWithin(end(this.#session), CLOSED_WITHIN_MS);
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
