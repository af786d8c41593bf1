import type { PublicEvent } from '@onedoor/contracts';
import type { LeasePorts } from './lease.js';
import { ParkedMessages } from './parked-messages.js';
import { ParkedRetries } from './parked-retries.js';
import { ParkingLot } from './parking-lot.js';
import type { Alarm } from './ports/alarm.js';
import type { BusMessage, EventBus } from './ports/event-bus.js';
import { Unavailable } from './ports/failures.js';
import type { ReadModels } from './ports/read-models.js';
import { Reactor, type ReactorOptions } from './reactor.js';
import type { RunOptions } from './run-options.js';
import { sideBySide } from './side-by-side.js';

export interface ConsumerOptions extends ReactorOptions {
  readonly topics: readonly string[];
  readonly ports: LeasePorts & { readonly bus: EventBus; readonly readModels: ReadModels; readonly alarm: Alarm };
}

/** The messages of one key in a page that are not handled yet, in order. */
interface Lane {
  readonly key: string;
  readonly events: readonly PublicEvent[];
}

/** A lane whose first message speaks of what the own log does not know. */
interface AbsentLane extends Lane {
  readonly reason: string;
}

/** Enough to share a sync to disk, few enough that a page never holds up the requests that need the thread as well. */
const LANES_SIDE_BY_SIDE = 32;
/** How long one page waits for what its own log does not know yet, in sum, however many keys wait. */
const ABSENT_WAITS_MS = [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000, 5_000];
/** After so many waits it is long enough to be told. */
const WAITS_UNTOLD = 3;

/**
 * Turns what another context said into commands of this one. Each key is a lane of its own, in order; lanes run side by side.
 * A dependency that is down holds the page for as long as that lasts. A message about what the own log does not know is tried again
 * for half a minute, while the other lanes of its page go on: another context knows of it, so it was written, and reading may trail.
 * A message that then still fails, or fails by itself, parks its key: it and all later messages of that key wait, durably, are tried
 * again by themselves, and every other key goes on.
 */
export class Consumer {
  private readonly reactor: Reactor;
  private readonly parking: ParkingLot;
  private readonly retries: ParkedRetries;
  /** Pages that wait long for what is absent just now. */
  private longWaits = 0;

  constructor(private readonly options: ConsumerOptions) {
    const { group, ports } = options;
    const messages = new ParkedMessages(group, ports.readModels);
    this.reactor = new Reactor(options);
    this.parking = new ParkingLot(messages, ports.clock);
    this.retries = new ParkedRetries({ group, messages, parking: this.parking, reactor: this.reactor, ports });
  }

  /** Follows its topics, and tries parked keys again beside it; up to the tail only, it tries each of them once at the end. */
  async run({ signal, untilCaughtUp, pace }: RunOptions): Promise<void> {
    await this.parking.adopt();
    if (untilCaughtUp) {
      await this.consume({ signal, untilCaughtUp, ...(pace && { pace }) });
      return this.retries.runOnce(signal);
    }
    // Neither goes on alone: a failure of one ends the other, and both start again.
    const ending = new AbortController();
    const both = AbortSignal.any([signal, ending.signal]);
    const loops = [this.consume({ signal: both, ...(pace && { pace }) }), this.retries.run(both)];
    const ended = await Promise.allSettled(loops.map((loop) => loop.finally(() => ending.abort())));
    for (const end of ended) if (end.status === 'rejected') throw end.reason;
  }

  /** Tries the parked messages of a key again, now and in order; true when all of them went through. */
  release(key: string, signal: AbortSignal): Promise<boolean> {
    return this.retries.release(key, signal);
  }

  private async consume({ signal, untilCaughtUp, pace }: RunOptions): Promise<void> {
    const { topics, group, ports } = this.options;
    const handler = async (page: readonly BusMessage[]): Promise<void> => {
      await this.handlePage(page, signal);
      // How much more there is only the bus knows; it hands on what it has.
      await pace?.(false);
    };
    await ports.bus.consume({ topics, group, handler, signal, ...(untilCaughtUp !== undefined && { untilCaughtUp }) });
  }

  private async handlePage(page: readonly BusMessage[], signal: AbortSignal): Promise<void> {
    const byKey = Map.groupBy(page, ({ event }) => event.subject);
    const lanes = [...byKey].map(([key, messages]) => ({ key, events: messages.map(({ event }) => event) }));
    await this.parking.refresh([...byKey.keys()]);
    const absent = await this.handleLanes(lanes, signal);
    if (absent.length > 0) await this.handleAbsent(absent, signal);
  }

  /** Answers the lanes that ended at a message about what is absent. */
  private async handleLanes(lanes: readonly Lane[], signal: AbortSignal): Promise<readonly AbsentLane[]> {
    const absent: AbsentLane[] = [];
    await sideBySide(lanes, LANES_SIDE_BY_SIDE, async (lane) => {
      const left = await this.handleLane(lane, signal);
      if (left !== null) absent.push(left);
    });
    return absent;
  }

  private async handleLane({ key, events }: Lane, signal: AbortSignal): Promise<AbsentLane | null> {
    for (const [index, event] of events.entries()) {
      if (this.parking.has(key)) {
        await this.parking.parkBehind(event);
        continue;
      }
      const failure = await this.reactor.attempt(event, signal);
      if (failure === null) continue;
      if (failure.kind === 'absent') return { key, events: events.slice(index), reason: failure.reason };
      await this.parking.park(event, failure.reason);
      this.tellParked(key, event, failure.reason, 1);
    }
    return null;
  }

  /** Tries these lanes again together, so that many cost no more time than one, and parks those that are still absent in the end. */
  private async handleAbsent(lanes: readonly AbsentLane[], signal: AbortSignal): Promise<void> {
    let absent = lanes;
    let isLong = false;
    try {
      for (const [index, waitMs] of ABSENT_WAITS_MS.entries()) {
        if (index === WAITS_UNTOLD) {
          isLong = true;
          this.longWaits += 1;
          // Once, however many pages wait side by side.
          if (this.longWaits === 1) this.tellAbsent(absent);
        }
        await this.options.ports.clock.wait(waitMs, signal);
        if (signal.aborted) throw new Unavailable('Stopped while its own log did not know what it was told of');
        absent = await this.handleLanes(absent, signal);
        if (absent.length === 0) return;
      }
    } finally {
      if (isLong) this.longWaits -= 1;
    }
    await this.parkAbsent(absent, signal);
  }

  private async parkAbsent(absent: readonly AbsentLane[], signal: AbortSignal): Promise<void> {
    await sideBySide(absent, LANES_SIDE_BY_SIDE, async ({ key, events: [first, ...others], reason }) => {
      if (first === undefined) return;
      await this.parking.park(first, reason);
      await this.handleLane({ key, events: others }, signal);
    });
    const [lane] = absent;
    const [event] = lane?.events ?? [];
    if (lane && event) this.tellParked(lane.key, event, lane.reason, absent.length);
  }

  private tellAbsent(absent: readonly AbsentLane[]): void {
    const [first] = absent;
    const details = { group: this.options.group, keys: absent.length, key: first?.key, reason: first?.reason };
    this.options.ports.alarm('told of what its own log does not know', details);
  }

  private tellParked(key: string, { type, id }: PublicEvent, reason: string, keys: number): void {
    this.options.ports.alarm('message parked', { group: this.options.group, key, type, id, reason, keys });
  }
}
