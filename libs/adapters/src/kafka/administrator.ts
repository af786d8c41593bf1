import { Unavailable } from '@onedoor/engine';
import type { Admin } from 'kafkajs';
import { createClient, type KafkaSetup } from './client.js';

const REQUEST_TIMEOUT_MS = 5_000;

/** The first message that is still kept, and the place behind the last one. */
export interface PartitionEnds {
  readonly low: bigint;
  readonly high: bigint;
}

/**
 * Questions to the cluster, over one connection that is kept, because catching up asks hundreds of times. After any failure
 * it is thrown away: a connection that went dark would stay so. Every failure is `Unavailable`.
 */
export class Administrator {
  #admin: Promise<Admin> | null = null;
  #isClosed = false;

  constructor(private readonly setup: KafkaSetup) {}

  async ask<Answer>(question: (admin: Admin) => Promise<Answer>): Promise<Answer> {
    if (this.#isClosed) throw new Unavailable('The bus is closed');
    const admin = (this.#admin ??= this.#connect());
    try {
      return await question(await admin);
    } catch (error) {
      if (this.#admin === admin) this.#admin = null;
      void letGo(admin);
      throw new Unavailable(`Kafka does not answer: ${String(error)}`, { cause: error });
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
    const admin = this.#admin;
    this.#admin = null;
    if (admin !== null) await letGo(admin);
  }

  async #connect(): Promise<Admin> {
    const admin = createClient(this.setup, REQUEST_TIMEOUT_MS).admin();
    await admin.connect();
    return admin;
  }
}

async function letGo(connecting: Promise<Admin>): Promise<void> {
  try {
    await (await connecting).disconnect();
  } catch {
    // It never connected, or is gone already: there is nothing to let go of.
  }
}
