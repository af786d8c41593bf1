import type { Alarm, ConsumeOptions } from '@onedoor/engine';
import { Backoff, pause, unlessAborted } from '../shared/waits.js';
import type { AdminClient } from './admin-client.js';
import { createClient, type KafkaSetup } from './client.js';
import { Membership } from './membership.js';
import { groupIdOf, topicIn } from './options.js';
import { missedIn, Progress, targetOf, waitingIn } from './progress.js';
import { PageDispatcher } from './page-dispatcher.js';

const REQUEST_TIMEOUT_MS = 5_000;
const SESSION_TIMEOUT_MS = 10_000;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 10_000;
/** A membership that lasted so long was healthy: the pauses after the next failure begin anew. */
const HEALTHY_AFTER_MS = 60_000;
/** How long a membership outlasts its consumption: joining takes a second, and a caller that catches up does so repeatedly. */
const IDLE_MS = 5_000;
/** How often the committed offsets are read, to see how far members in other processes have come. */
const POLL_MS = 200;

export interface MemberStatus {
  readonly group: string;
  readonly topic: string;
  /** False while it is joining for the first time or after a failure, and when it has nothing to do. */
  readonly isJoined: boolean;
  /** How often its consumer had to be replaced. */
  readonly replacements: number;
}

/**
 * This process as a member of one group that reads one topic.
 *
 * Each topic of a group is a group of its own in Kafka. Its members then always want the same topic, in any version of the product:
 * in one group of many topics the leader would assign only those it knows itself, and a topic that is subscribed to later would
 * reassign all the others. Order is guaranteed by topic anyway.
 */
export class GroupMember {
  readonly #dispatcher = new PageDispatcher();
  readonly #progress = new Progress();
  readonly #groupId: string;
  readonly #kafkaTopic: string;
  #leaving: AbortController | null = null;
  #supervision: Promise<void> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;
  #isJoined = false;
  #replacements = 0;

  constructor(
    readonly group: string,
    readonly topic: string,
    private readonly setup: KafkaSetup,
    private readonly adminClient: AdminClient,
  ) {
    this.#groupId = groupIdOf(setup, group, topic);
    this.#kafkaTopic = topicIn(setup, topic);
  }

  hasHandler(): boolean {
    return this.#dispatcher.hasHandler();
  }

  attach(handler: ConsumeOptions['handler'], signal: AbortSignal): void {
    clearTimeout(this.#idle);
    this.#dispatcher.attach(handler, signal);
  }

  /** Resolves when no page is in progress; the membership lasts for a while. */
  async detach(): Promise<void> {
    await this.#dispatcher.detach();
    this.#idle = setTimeout(() => void this.leave(), IDLE_MS).unref();
  }

  /** Becomes a member, unless it is one. */
  join(): void {
    if (this.#leaving !== null) return;
    const leaving = new AbortController();
    this.#leaving = leaving;
    this.#supervision = this.#supervision.then(() => this.#supervise(leaving.signal));
  }

  leave(): Promise<void> {
    clearTimeout(this.#idle);
    this.#leaving?.abort();
    this.#leaving = null;
    return this.#supervision;
  }

  /** Resolves when the group's members have handled what stands in the topic now, or when the signal fires. */
  async catchUp(signal: AbortSignal): Promise<void> {
    // Asked first, so that an answer about the ends that lies before it is recognized as incomplete.
    this.#progress.noteAll((await this.#answer(() => this.#committed(), signal)) ?? new Map());
    const ends = await this.#answer(() => this.adminClient.ends(this.#kafkaTopic), signal);
    const target = targetOf(ends ?? new Map());
    while (!signal.aborted && !this.#progress.hasReached(target)) {
      this.#progress.noteAll((await this.#answer(() => this.#committed(), signal)) ?? new Map());
      if (this.#progress.hasReached(target)) return;
      this.join();
      const poll = AbortSignal.any([signal, AbortSignal.timeout(POLL_MS)]);
      while (!poll.aborted && !this.#progress.hasReached(target)) await this.#dispatcher.changed.wait(poll);
    }
  }

  status(): MemberStatus {
    return { group: this.group, topic: this.topic, isJoined: this.#isJoined, replacements: this.#replacements };
  }

  async lag(): Promise<number> {
    const [ends, committed] = await Promise.all([this.adminClient.ends(this.#kafkaTopic), this.#committed()]);
    return waitingIn(ends, committed);
  }

  /** Replaces the driver's consumer whenever it ends, after a growing pause. */
  async #supervise(leaving: AbortSignal): Promise<void> {
    const backoff = new Backoff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
    while (!leaving.aborted) {
      const started = performance.now();
      const reason = await this.#newMembership().run(leaving);
      this.#isJoined = false;
      if (leaving.aborted) return;
      this.#replacements += 1;
      this.#alarm('consumer replaced', { reason });
      if (performance.now() - started > HEALTHY_AFTER_MS) backoff.reset();
      await pause(backoff.nextMs(), leaving);
    }
  }

  #newMembership(): Membership {
    return new Membership({
      client: createClient(this.setup, REQUEST_TIMEOUT_MS),
      groupId: this.#groupId,
      kafkaTopic: this.#kafkaTopic,
      topic: this.topic,
      sessionTimeoutMs: this.setup.sessionTimeoutMs ?? SESSION_TIMEOUT_MS,
      dispatcher: this.#dispatcher,
      progress: this.#progress,
      alarm: this.setup.alarm,
      onFetched: () => this.setup.monitor.call().succeeded(),
      onJoined: (partitions) => {
        this.#isJoined = true;
        void this.#reportMissed(partitions);
      },
    });
  }

  /** Raises an alarm where retention was quicker than the group: the driver goes on with what is left and reports nothing. */
  async #reportMissed(partitions: readonly number[]): Promise<void> {
    try {
      const [ends, committed] = await Promise.all([this.adminClient.ends(this.#kafkaTopic), this.#committed()]);
      for (const partition of partitions) {
        const end = ends.get(partition);
        const messages = end ? missedIn(end, committed.get(partition)) : 0;
        if (messages > 0) this.#alarm('messages fell out of retention before they were handled', { partition, messages });
      }
    } catch {
      // Asked again at the next join; the outage monitor reports the failure.
    }
  }

  #committed(): Promise<ReadonlyMap<number, bigint>> {
    return this.adminClient.committed(this.#groupId, this.#kafkaTopic);
  }

  /** Repeats a question until there is an answer; null when the signal fired first. */
  async #answer<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer | null> {
    const backoff = new Backoff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
    while (!signal.aborted) {
      try {
        return await unlessAborted(ask(), signal, 'The consumption ends');
      } catch {
        await pause(backoff.nextMs(), signal);
      }
    }
    return null;
  }

  #alarm(message: Parameters<Alarm>[0], details: Parameters<Alarm>[1]): void {
    this.setup.alarm(message, { group: this.group, topic: this.topic, ...details });
  }
}
