import { type BusMessage, type ConsumeOptions, type Dependency, type EventBus, Unavailable, type WaitingMessages } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import { OutageMonitor } from '../shared/outage-monitor.js';
import { untilAborted } from '../shared/waits.js';
import { AdminClient } from './admin-client.js';
import { driverLogTo, type KafkaSetup } from './client.js';
import { GroupMember, type MemberStatus } from './group-member.js';
import type { KafkaOptions } from './options.js';
import { Publisher } from './publisher.js';
import { Topics } from './topics.js';

export interface GroupLag {
  readonly group: string;
  readonly topic: string;
  readonly messages: number;
}

/**
 * The bus on Kafka. A message's key is its event's subject, so all messages of a reference are in one partition of a topic, in
 * order. Pages of different partitions may be delivered side by side; of each partition, one page at a time.
 *
 * A new group starts at the oldest message that is kept. With `untilCaughtUp`, a consumption ends when its group has handled what
 * was in the topics when it began, in this process or another one; where the bus is closed before, it fails with `Unavailable`.
 */
export class KafkaEventBus implements EventBus {
  readonly dependency: Dependency;
  readonly #setup: KafkaSetup;
  readonly #adminClient: AdminClient;
  readonly #topics: Topics;
  readonly #publisher: Publisher;
  readonly #members = new Map<string, GroupMember>();
  readonly #closing = new AbortController();
  readonly #consumptions = new Set<Promise<void>>();

  constructor(options: KafkaOptions) {
    const monitor = new OutageMonitor('Kafka', options.alarm, { holdsUpRequests: false });
    this.dependency = monitor;
    this.#setup = { ...options, driverLog: driverLogTo(options.alarm), monitor };
    this.#adminClient = new AdminClient(this.#setup);
    this.#topics = new Topics(options, this.#adminClient);
    this.#publisher = new Publisher(this.#setup, this.#adminClient);
  }

  declare(topics: readonly string[]): Promise<void> {
    return this.#topics.declare(topics);
  }

  async publish(messages: readonly BusMessage[]): Promise<void> {
    if (messages.length > 0) await this.#publisher.publish(messages);
  }

  async consume(options: ConsumeOptions): Promise<void> {
    const consumption = this.#consume(options);
    this.#consumptions.add(consumption);
    await consumption.finally(() => this.#consumptions.delete(consumption));
  }

  async check(): Promise<void> {
    await this.#adminClient.ask((admin) => admin.describeCluster());
  }

  members(): readonly MemberStatus[] {
    return [...this.#members.values()].map((member) => member.status());
  }

  lag(): Promise<readonly GroupLag[]> {
    const members = [...this.#members.values()];
    return Promise.all(members.map(async (member) => ({ group: member.group, topic: member.topic, messages: await member.lag() })));
  }

  async waiting(group: string, topics: readonly string[]): Promise<WaitingMessages> {
    const lags = await Promise.all(topics.map((topic) => this.#member(group, topic).lag()));
    return { messages: lags.reduce((sum, messages) => sum + messages, 0), first: null };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#consumptions);
    await Promise.all([...this.#members.values()].map((member) => member.leave()));
    await this.#publisher.close();
    await this.#adminClient.close();
  }

  async #consume({ group, topics, handler, signal, untilCaughtUp }: ConsumeOptions): Promise<void> {
    const ending = AbortSignal.any([signal, this.#closing.signal]);
    const members = topics.map((topic) => this.#member(group, topic));
    assert(!members.some((member) => member.hasHandler()), `${group} has one handler a topic`);
    for (const member of members) member.attach(handler, ending);
    try {
      if (untilCaughtUp) await Promise.all(members.map((member) => member.catchUp(ending)));
      else {
        for (const member of members) member.join();
        await untilAborted(ending);
      }
    } finally {
      await Promise.all(members.map((member) => member.detach()));
    }
    // A consumption that the bus ended is not caught up, and the caller did not ask for an end.
    if (untilCaughtUp && this.#closing.signal.aborted && !signal.aborted)
      throw new Unavailable('The bus was closed before the group had caught up');
  }

  #member(group: string, topic: string): GroupMember {
    const name = `${group} ${topic}`;
    const member = this.#members.get(name) ?? new GroupMember(group, topic, this.#setup, this.#adminClient);
    this.#members.set(name, member);
    return member;
  }
}
