import type { PublicEvent } from '@onedoor/contracts';
import { msOf, type Instant } from '@onedoor/kernel';
import type { LeasePorts } from './lease.js';
import { forEachConcurrently, isTransient, MessageHandler, reasonOf, type MessageHandlerOptions } from './message-handler.js';
import { ParkedDecisionsFollower } from './parked-decisions.js';
import { ParkedMessages } from './parked-messages.js';
import { ParkedQueues } from './parked-queues.js';
import { ParkedRetries } from './parked-retries.js';
import type { Alarm } from './ports/alarm.js';
import type { BusMessage, EventBus } from './ports/event-bus.js';
import type { EventStore } from './ports/event-store.js';
import { Unavailable } from './ports/failures.js';
import type { ReadModels } from './ports/read-models.js';
import { Stalls, type Stall } from './stalls.js';
import { StuckWorkers } from './stuck-workers.js';
import { consumerName, type RunOptions } from './worker.js';

export interface ConsumerOptions extends MessageHandlerOptions {
  readonly topics: readonly string[];
  readonly ports: LeasePorts & { readonly bus: EventBus; readonly readModels: ReadModels; readonly alarm: Alarm };
  /** The log that holds what operators decided about parked keys, which are no streams of this context. */
  readonly decisions: EventStore;
  /** Whether an outage of a server is known, which raised an alarm of its own. */
  readonly isOutageKnown?: () => boolean;
}

/** How far a consumer is behind the bus. */
export interface ConsumerLag {
  /** Messages that wait; a bus may stop counting at 1,000. */
  readonly messages: number;
  /** The age of the first of them, in milliseconds; 0 where none waits. */
  readonly ms: number;
}

/** The messages of one key in a page that are not handled yet, in order. */
interface KeyBatch {
  readonly key: string;
  readonly events: readonly PublicEvent[];
}

/** A batch whose first message has a subject that is not in this context's log yet. */
interface AbsentBatch extends KeyBatch {
  readonly reason: string;
}

/** Enough to share a sync to disk, few enough that a page never delays the requests that need the thread as well. */
const KEYS_AT_ONCE = 32;
/** The waits between the attempts at absent subjects, for all keys of a page together. */
const ABSENT_WAITS_MS = [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000, 5_000];
/** After so many waits an alarm is raised. */
const WAITS_BEFORE_ALARM = 3;

/**
 * Turns the public events of other contexts into commands of this one. The messages of a key are handled in order, several keys at
 * a time. A dependency that is down blocks the page for as long as that lasts. A message whose subject is not in this context's log
 * yet is retried for half a minute, while the other keys of its page continue: another context refers to the subject, so it was
 * written, and reads may be behind. A message that then still fails, or that fails by itself, parks its key: it and all later
 * messages of that key are stored and retried in the background, and every other key continues.
 */
export class Consumer {
  private readonly handler: MessageHandler;
  private readonly queues: ParkedQueues;
  private readonly retries: ParkedRetries;
  private readonly decisions: ParkedDecisionsFollower;
  /** How many pages have been waiting long for absent subjects. */
  private longWaits = 0;
  private readonly stalls: Stalls;
  /** Since when messages have waited without one being handled, as far as `lag` was asked; for a bus that does not tell the first one. */
  private waitingSince: Instant | null = null;

  constructor(private readonly options: ConsumerOptions) {
    const { group, ports } = options;
    const messages = new ParkedMessages(group, ports.readModels);
    const { clock, alarm, checkpoints } = ports;
    const stuck = new StuckWorkers(checkpoints);
    const worker = consumerName(group);
    // What is stored for a report may be lost: the alarm was raised.
    const onChange = (stall: Stall | null): void => void stuck.set(worker, stall).catch(() => undefined);
    this.stalls = new Stalls({ worker, clock, alarm, onChange, ...(options.isOutageKnown && { isOutageKnown: options.isOutageKnown }) });
    this.handler = new MessageHandler(options);
    this.queues = new ParkedQueues(messages, ports.clock);
    this.retries = new ParkedRetries({ group, messages, queues: this.queues, handler: this.handler, ports });
    this.decisions = new ParkedDecisionsFollower(group, this.retries, { ...ports, store: options.decisions });
  }

  /**
   * Consumes its topics, retries parked keys and does what operators decided about them, concurrently. With `untilCaughtUp` it retries
   * each parked key once at the end.
   */
  async run({ signal, untilCaughtUp, pace }: RunOptions): Promise<void> {
    await this.queues.adoptOrphans();
    if (untilCaughtUp) {
      await this.consume({ signal, untilCaughtUp, ...(pace && { pace }) });
      await this.decisions.run({ signal, untilCaughtUp });
      return this.retries.runOnce(signal);
    }
    // A failure of one loop ends the other, so that the worker is restarted as a whole.
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    const loops = [this.consume({ signal: both, ...(pace && { pace }) }), this.retries.run(both), this.decisions.run({ signal: both })];
    const ended = await Promise.allSettled(loops.map((loop) => loop.finally(() => ending.abort())));
    for (const end of ended) if (end.status === 'rejected') throw end.reason;
  }

  /** Does what operators decided about parked keys so far, and ends. */
  carryOut(signal: AbortSignal): Promise<void> {
    return this.decisions.run({ signal, untilCaughtUp: true });
  }

  /** What it cannot get past; null where it gets on. */
  stall(): Stall | null {
    return this.stalls.current();
  }

  /** Throws `Unavailable` while the bus cannot tell. */
  async lag(): Promise<ConsumerLag> {
    const { group, topics, ports } = this.options;
    const { messages, first } = await ports.bus.waiting(group, topics);
    const now = ports.clock.now();
    this.waitingSince = messages === 0 ? null : (this.waitingSince ?? now);
    const since = messages === 0 ? now : (first?.time ?? this.waitingSince ?? now);
    return { messages, ms: Math.max(0, msOf(now) - msOf(since)) };
  }

  /** Retries the parked messages of a key now and in order; true when all of them succeeded. */
  release(key: string, signal: AbortSignal): Promise<boolean> {
    return this.retries.release(key, signal);
  }

  private async consume({ signal, untilCaughtUp, pace }: RunOptions): Promise<void> {
    const { topics, group, ports } = this.options;
    const handler = async (page: readonly BusMessage[]): Promise<void> => {
      await this.handlePage(page, signal);
      this.waitingSince = null;
      // Only the bus knows whether more is waiting; it delivers what it has.
      await pace?.(false);
    };
    await ports.bus.consume({ topics, group, handler, signal, ...(untilCaughtUp !== undefined && { untilCaughtUp }) });
  }

  private async handlePage(page: readonly BusMessage[], signal: AbortSignal): Promise<void> {
    const byKey = Map.groupBy(page, ({ event }) => event.subject);
    const batches = [...byKey].map(([key, messages]) => ({ key, events: messages.map(({ event }) => event) }));
    const [first] = byKey.keys();
    try {
      await this.queues.refresh([...byKey.keys()]);
      const absent = await this.handleBatches(batches, signal);
      if (absent.length > 0) await this.handleAbsent(absent, signal);
    } catch (error) {
      if (!signal.aborted) this.pageFailed(first ?? '', error);
      throw error;
    }
    for (const key of byKey.keys()) this.stalls.passed(key);
  }

  /** The bus repeats the page. Without an alarm here the consumer would stand still unseen; a passing outage is one when it lasts. */
  private pageFailed(key: string, error: unknown): void {
    const reason = reasonOf(error);
    const { group, ports } = this.options;
    if (!isTransient(error)) ports.alarm('worker failed', { worker: consumerName(group), key, reason });
    this.stalls.failed(key, reason);
  }

  /** Returns the batches that stopped at a message with an absent subject. */
  private async handleBatches(batches: readonly KeyBatch[], signal: AbortSignal): Promise<readonly AbsentBatch[]> {
    const absent: AbsentBatch[] = [];
    await forEachConcurrently(batches, KEYS_AT_ONCE, async (batch) => {
      const left = await this.handleBatch(batch, signal);
      if (left !== null) absent.push(left);
    });
    return absent;
  }

  private async handleBatch({ key, events }: KeyBatch, signal: AbortSignal): Promise<AbsentBatch | null> {
    for (const [index, event] of events.entries()) {
      if (this.queues.has(key)) {
        await this.queues.parkBehind(event);
        continue;
      }
      const failure = await this.handler.attempt(event, signal, (reason) => this.stalls.failed(key, reason));
      if (failure === null) continue;
      if (failure.kind === 'absent') return { key, events: events.slice(index), reason: failure.reason };
      await this.queues.park(event, failure.reason);
      this.alarmParked(key, event, failure.reason, 1);
    }
    return null;
  }

  /** Retries these batches together, so that many take no longer than one, and parks those that are still absent in the end. */
  private async handleAbsent(batches: readonly AbsentBatch[], signal: AbortSignal): Promise<void> {
    let absent = batches;
    let isLong = false;
    try {
      for (const [index, waitMs] of ABSENT_WAITS_MS.entries()) {
        if (index === WAITS_BEFORE_ALARM) {
          isLong = true;
          this.longWaits += 1;
          // One alarm for all pages that wait at the same time.
          if (this.longWaits === 1) this.alarmAbsent(absent);
        }
        await this.options.ports.clock.wait(waitMs, signal);
        if (signal.aborted) throw new Unavailable('Stopped while its own log did not know what it was told of');
        absent = await this.handleBatches(absent, signal);
        if (absent.length === 0) return;
      }
    } finally {
      if (isLong) this.longWaits -= 1;
    }
    await this.parkAbsent(absent, signal);
  }

  private async parkAbsent(absent: readonly AbsentBatch[], signal: AbortSignal): Promise<void> {
    await forEachConcurrently(absent, KEYS_AT_ONCE, async ({ key, events: [first, ...others], reason }) => {
      if (first === undefined) return;
      await this.queues.park(first, reason);
      await this.handleBatch({ key, events: others }, signal);
    });
    const [batch] = absent;
    const [event] = batch?.events ?? [];
    if (batch && event) this.alarmParked(batch.key, event, batch.reason, absent.length);
  }

  private alarmAbsent(absent: readonly AbsentBatch[]): void {
    const [first] = absent;
    const details = { group: this.options.group, keys: absent.length, key: first?.key, reason: first?.reason };
    this.options.ports.alarm('told of what its own log does not know', details);
  }

  private alarmParked(key: string, { type, id }: PublicEvent, reason: string, keys: number): void {
    this.options.ports.alarm('message parked', { group: this.options.group, key, type, id, reason, keys });
  }
}
