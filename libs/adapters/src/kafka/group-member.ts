import type { Alarm, ConsumeOptions } from '@onedoor/engine';
import { pause, unlessAborted } from '../shared/waits.js';
import type { Administrator } from './administrator.js';
import { createClient, type KafkaSetup } from './client.js';
import { Membership } from './membership.js';
import { groupIdOf, topicIn } from './names.js';
import { missedIn, Progress, targetOf, waitingIn } from './progress.js';
import { Reception } from './reception.js';

const REQUEST_TIMEOUT_MS = 5_000;
const SESSION_TIMEOUT_MS = 10_000;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 10_000;
/** A membership that lasted so long was sound: the next failure is a new story. */
const SOUND_AFTER_MS = 60_000;
/** How long a membership outlasts its consumption: joining takes a second, and whoever catches up does so again and again. */
const IDLE_MS = 5_000;
/** How often it is asked how far the members in other processes have come. */
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
 * What this process contributes to one group's reading of one topic.
 *
 * Each topic of a group is a group of its own in Kafka. Its members then always want the same topic, whatever version of the
 * product they run: in one group of many topics, the leader would hand out only those it knows itself, and a topic that is taken up
 * later would change hands with all the others. Order is promised by topic anyway.
 */
export class GroupMember {
  readonly #reception = new Reception();
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
    private readonly administrator: Administrator,
  ) {
    this.#groupId = groupIdOf(setup, group, topic);
    this.#kafkaTopic = topicIn(setup, topic);
  }

  isTaken(): boolean {
    return this.#reception.isTaken();
  }

  open(handler: ConsumeOptions['handler'], signal: AbortSignal): void {
    clearTimeout(this.#idle);
    this.#reception.open(handler, signal);
  }

  /** Resolves when no page is in hand; the membership lasts for a while. */
  async shut(): Promise<void> {
    await this.#reception.shut();
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

  /** Resolves when the group has handled what stands in the topic now, whichever member does it, or when the signal fires. */
  async catchUp(signal: AbortSignal): Promise<void> {
    // Asked first, so that no end is believed that lies before it.
    this.#progress.noteAll((await this.#answer(() => this.#committed(), signal)) ?? new Map());
    const ends = await this.#answer(() => this.administrator.ends(this.#kafkaTopic), signal);
    const target = targetOf(ends ?? new Map());
    while (!signal.aborted && !this.#progress.hasReached(target)) {
      this.#progress.noteAll((await this.#answer(() => this.#committed(), signal)) ?? new Map());
      if (this.#progress.hasReached(target)) return;
      this.join();
      const poll = AbortSignal.any([signal, AbortSignal.timeout(POLL_MS)]);
      while (!poll.aborted && !this.#progress.hasReached(target)) await this.#reception.changed.wait(poll);
    }
  }

  status(): MemberStatus {
    return { group: this.group, topic: this.topic, isJoined: this.#isJoined, replacements: this.#replacements };
  }

  async lag(): Promise<number> {
    const [ends, committed] = await Promise.all([this.administrator.ends(this.#kafkaTopic), this.#committed()]);
    return waitingIn(ends, committed);
  }

  /** Replaces the driver's consumer whenever it ends, after a growing pause. */
  async #supervise(leaving: AbortSignal): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (!leaving.aborted) {
      const started = performance.now();
      const reason = await this.#newMembership().run(leaving);
      this.#isJoined = false;
      if (leaving.aborted) return;
      this.#replacements += 1;
      this.#alarm('consumer replaced', { reason });
      pauseMs = performance.now() - started > SOUND_AFTER_MS ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      await pause(pauseMs, leaving);
    }
  }

  #newMembership(): Membership {
    return new Membership({
      client: createClient(this.setup, REQUEST_TIMEOUT_MS),
      groupId: this.#groupId,
      kafkaTopic: this.#kafkaTopic,
      topic: this.topic,
      sessionTimeoutMs: this.setup.sessionTimeoutMs ?? SESSION_TIMEOUT_MS,
      reception: this.#reception,
      progress: this.#progress,
      alarm: this.setup.alarm,
      onFetched: () => this.setup.monitor.call().succeeded(),
      onJoined: (partitions) => {
        this.#isJoined = true;
        void this.#tellWhatIsMissed(partitions);
      },
    });
  }

  /** The driver goes on with what is left without a word when retention was quicker than the group. */
  async #tellWhatIsMissed(partitions: readonly number[]): Promise<void> {
    try {
      const [ends, committed] = await Promise.all([this.administrator.ends(this.#kafkaTopic), this.#committed()]);
      for (const partition of partitions) {
        const end = ends.get(partition);
        const messages = end ? missedIn(end, committed.get(partition)) : 0;
        if (messages > 0) this.#alarm('messages fell out of retention before they were handled', { partition, messages });
      }
    } catch {
      // It is asked again at the next join; the administrator's failure is reported where somebody waits for it.
    }
  }

  #committed(): Promise<ReadonlyMap<number, bigint>> {
    return this.administrator.committed(this.#groupId, this.#kafkaTopic);
  }

  /** Asks until there is an answer; null when the signal fired first. */
  async #answer<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer | null> {
    for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        return await unlessAborted(ask(), signal, 'The consumption ends');
      } catch {
        await pause(pauseMs, signal);
      }
    }
    return null;
  }

  #alarm(message: Parameters<Alarm>[0], details: Parameters<Alarm>[1]): void {
    this.setup.alarm(message, { group: this.group, topic: this.topic, ...details });
  }
}
