import type { PublicEvent } from '@onedoor/contracts';
import type { Instant } from '@onedoor/kernel';
import { deterministicId } from './deterministic-id.js';
import { ConcurrencyConflict } from './executor.js';
import { ParkingLot } from './parking-lot.js';
import type { Alarm } from './ports/alarm.js';
import type { Clock } from './ports/clock.js';
import type { BusMessage, EventBus } from './ports/event-bus.js';
import { Unavailable } from './ports/failures.js';
import type { ReadModels } from './ports/read-models.js';
import type { RunOptions } from './run-options.js';
import { CONSUMER_ACTOR, type Dispatch, type React } from './reaction.js';

export interface ConsumerOptions {
  readonly group: string;
  readonly topics: readonly string[];
  readonly react: React;
  readonly dispatch: Dispatch;
  readonly ports: { readonly bus: EventBus; readonly readModels: ReadModels; readonly clock: Clock; readonly alarm: Alarm };
  /** When a reaction counts as written: now, unless an import runs on its own clock. */
  readonly recordedAt?: (event: PublicEvent) => Instant;
}

/** Enough to share a sync to disk, few enough that a page never holds up whoever else needs the thread. */
const LANES_SIDE_BY_SIDE = 32;
const ATTEMPTS = 3;
const FIRST_BACK_OFF_MS = 100;
const LONGEST_BACK_OFF_MS = 5_000;

/**
 * Turns what another context said into commands of this one. Each key is a lane of its own, in order; lanes run side by side.
 * A dependency that is down holds the page for as long as that lasts. A message that fails by itself parks its key: it and
 * all later messages of that key wait, durably, until staff release them, and every other key goes on.
 */
export class Consumer {
  private readonly parking: ParkingLot;
  /** Whoever asks for a key that is being released already waits for the same answer. */
  private readonly releasing = new Map<string, Promise<boolean>>();

  constructor(private readonly options: ConsumerOptions) {
    this.parking = new ParkingLot(options.group, options.ports.readModels);
  }

  async run({ signal, untilCaughtUp, pace }: RunOptions): Promise<void> {
    await this.parking.load();
    const { bus } = this.options.ports;
    const { topics, group } = this.options;
    const handler = async (page: readonly BusMessage[]): Promise<void> => {
      await this.handlePage(page, signal);
      // How much more there is only the bus knows; it hands on what it has.
      await pace?.(false);
    };
    await bus.consume({ topics, group, handler, signal, ...(untilCaughtUp !== undefined && { untilCaughtUp }) });
  }

  /** Tries the parked messages of a key again, in order; returns whether all of them went through. */
  release(key: string, signal: AbortSignal): Promise<boolean> {
    const releasing = this.releasing.get(key) ?? this.releaseAll(key, signal).finally(() => this.releasing.delete(key));
    this.releasing.set(key, releasing);
    return releasing;
  }

  private async releaseAll(key: string, signal: AbortSignal): Promise<boolean> {
    for (;;) {
      await this.parking.refresh([key]);
      if (this.parking.reopen(key)) return true;
      for (const parked of await this.parking.waiting(key)) {
        const failure = await this.attempt(parked.event, signal);
        if (failure !== null) return false;
        await this.parking.remove(parked);
      }
    }
  }

  /** The keys that wait for somebody to look. */
  parkedKeys(): readonly string[] {
    return this.parking.keys();
  }

  private async handlePage(page: readonly BusMessage[], signal: AbortSignal): Promise<void> {
    const lanes = [...Map.groupBy(page, ({ event }) => event.subject)].reverse();
    await this.parking.refresh(lanes.map(([key]) => key));
    const takeLanes = async (): Promise<void> => {
      for (let lane = lanes.pop(); lane !== undefined; lane = lanes.pop()) await this.handleLane(...lane, signal);
    };
    await Promise.all(Array.from({ length: LANES_SIDE_BY_SIDE }, takeLanes));
  }

  private async handleLane(key: string, messages: readonly BusMessage[], signal: AbortSignal): Promise<void> {
    for (const { event } of messages) {
      if (this.parking.has(key)) {
        await this.parking.park(event, 'behind an earlier message of its key');
        continue;
      }
      const failure = await this.attempt(event, signal);
      if (failure === null) continue;
      await this.parking.park(event, failure);
      this.options.ports.alarm('message parked', { group: this.options.group, key, type: event.type, id: event.id, reason: failure });
    }
  }

  /** Null when the event's commands went through; otherwise why this message can't. */
  private async attempt(event: PublicEvent, signal: AbortSignal): Promise<string | null> {
    let backOffMs = FIRST_BACK_OFF_MS;
    for (let failures = 0; ; ) {
      try {
        return await this.dispatchAll(event);
      } catch (error) {
        const isPassing = error instanceof Unavailable || error instanceof ConcurrencyConflict;
        if (!isPassing && ++failures >= ATTEMPTS) return String(error);
        if (signal.aborted) throw error;
        await this.options.ports.clock.wait(backOffMs, signal);
        backOffMs = Math.min(backOffMs * 2, LONGEST_BACK_OFF_MS);
      }
    }
  }

  private async dispatchAll(event: PublicEvent): Promise<string | null> {
    const { group, react, dispatch, ports } = this.options;
    for (const reaction of react(event)) {
      const answer = await dispatch(reaction, event.time, {
        commandId: deterministicId(group, event.id, reaction.command.type, `${reaction.aggregate}-${reaction.id}`),
        actor: CONSUMER_ACTOR(group),
        correlationId: event.correlationid,
        causationId: event.causationid,
        ...(event.traceparent !== undefined && { traceparent: event.traceparent }),
        recordedAt: this.options.recordedAt?.(event) ?? ports.clock.now(),
      });
      // Deciders accept what is already so; a refusal here will be the same tomorrow.
      if (answer.outcome === 'rejected') return `${answer.code}: ${answer.detail}`;
    }
    return null;
  }
}
