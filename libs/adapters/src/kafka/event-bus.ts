import { type BusMessage, type ConsumeOptions, type Dependency, type EventBus, Unavailable } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import { OutageMonitor } from '../shared/outage-monitor.js';
import { untilAborted } from '../shared/waits.js';
import { Administrator } from './administrator.js';
import type { KafkaSetup } from './client.js';
import { complaintsTo } from './complaints.js';
import { GroupMember, type MemberStatus } from './group-member.js';
import type { GroupLag } from './data.js';
import type { KafkaOptions } from './options.js';
import { Publisher } from './publisher.js';
import { Topics } from './topics.js';

/**
 * The bus on Kafka. A message's key is its event's subject, so each reference stands in one partition of a topic and keeps its
 * order there. Pages of different partitions may be handed side by side; one page of a partition is in hand at a time.
 *
 * A new group starts at the oldest message that is kept. With `untilCaughtUp`, a consumption ends when its group has handled what
 * stood in the topics when it began, be it here or in another process; where the bus is closed before, it fails with `Unavailable`.
 */
export class KafkaEventBus implements EventBus {
  readonly dependency: Dependency;
  readonly #setup: KafkaSetup;
  readonly #administrator: Administrator;
  readonly #topics: Topics;
  readonly #publisher: Publisher;
  readonly #members = new Map<string, GroupMember>();
  readonly #closing = new AbortController();
  readonly #consumptions = new Set<Promise<void>>();

  constructor(options: KafkaOptions) {
    const monitor = new OutageMonitor('Kafka', options.alarm, { holdsUpRequests: false });
    this.dependency = monitor;
    this.#setup = { ...options, complaints: complaintsTo(options.alarm), monitor };
    this.#administrator = new Administrator(this.#setup);
    this.#topics = new Topics(options, this.#administrator);
    this.#publisher = new Publisher(this.#setup, this.#administrator);
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
    await this.#administrator.ask((admin) => admin.describeCluster());
  }

  members(): readonly MemberStatus[] {
    return [...this.#members.values()].map((member) => member.status());
  }

  lag(): Promise<readonly GroupLag[]> {
    const members = [...this.#members.values()];
    return Promise.all(members.map(async (member) => ({ group: member.group, topic: member.topic, messages: await member.lag() })));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#consumptions);
    await Promise.all([...this.#members.values()].map((member) => member.leave()));
    await this.#publisher.close();
    await this.#administrator.close();
  }

  async #consume({ group, topics, handler, signal, untilCaughtUp }: ConsumeOptions): Promise<void> {
    const ending = AbortSignal.any([signal, this.#closing.signal]);
    const members = topics.map((topic) => this.#member(group, topic));
    assert(!members.some((member) => member.isTaken()), `${group} has one handler a topic`);
    for (const member of members) member.open(handler, ending);
    try {
      if (untilCaughtUp) await Promise.all(members.map((member) => member.catchUp(ending)));
      else {
        for (const member of members) member.join();
        await untilAborted(ending);
      }
    } finally {
      await Promise.all(members.map((member) => member.shut()));
    }
    // What this bus ended itself is not caught up, and the caller did not ask for an end.
    if (untilCaughtUp && this.#closing.signal.aborted && !signal.aborted)
      throw new Unavailable('The bus was closed before the group had caught up');
  }

  #member(group: string, topic: string): GroupMember {
    const name = `${group} ${topic}`;
    const member = this.#members.get(name) ?? new GroupMember(group, topic, this.#setup, this.#administrator);
    this.#members.set(name, member);
    return member;
  }
}
