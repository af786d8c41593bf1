import { assert } from '@onedoor/kernel';
import { followed } from './followed.js';
import type { ParkedRetries } from './parked-retries.js';
import type { Checkpoints } from './ports/checkpoints.js';
import type { Position, RecordedEvent } from './ports/event-store.js';
import type { LogPorts } from './read-backoff.js';
import type { RunOptions } from './worker.js';

/** The streams that hold what operators decided about parked keys: `parking-<group>.<key>`. */
export const PARKING_CATEGORY = 'parking';

/** The types of those decisions, and what each holds. */
export interface ParkedDecisions {
  /** Retry it now. */
  readonly ParkedKeyReleased: { readonly group: string; readonly key: string };
  /** These messages of it will never be handled, for a reason in the operator's words. */
  readonly ParkedKeyDropped: {
    readonly group: string;
    readonly key: string;
    readonly reason: string;
    readonly messages: readonly { readonly id: string; readonly type: string }[];
  };
}

const PAGE_EVENTS = 100;

/**
 * Does what operators decided about the parked keys of one group. The decision is an event of the log; what follows from it is done by
 * the group's own consumer, from a checkpoint, so that a killed process leaves none undone. Doing it twice changes nothing.
 */
export class ParkedDecisionsFollower {
  private readonly checkpoint: string;

  constructor(
    private readonly group: string,
    private readonly retries: ParkedRetries,
    private readonly ports: LogPorts & { readonly checkpoints: Checkpoints },
  ) {
    this.checkpoint = `parking:${group}`;
  }

  async run({ signal, untilCaughtUp }: RunOptions): Promise<void> {
    let at = await this.ports.checkpoints.load(this.checkpoint);
    const options = { after: at, categories: [PARKING_CATEGORY], pageSize: PAGE_EVENTS, signal };
    for await (const next of followed(this.ports, options)) {
      if (next.kind === 'page') for (const event of next.events) await this.apply(event, signal);
      // Also where nothing was decided: the next start need not look through the whole log for it.
      at = await this.moveOn(at, next.position);
      if (next.kind === 'caught-up' && untilCaughtUp) return;
    }
  }

  /** Another process of the group may have moved the checkpoint: then it did the same. */
  private async moveOn(from: Position | null, to: Position | null): Promise<Position | null> {
    if (from === to) return from;
    const { checkpoints } = this.ports;
    return (await checkpoints.advance(this.checkpoint, from, to)) ? to : checkpoints.load(this.checkpoint);
  }

  private async apply({ type, data }: RecordedEvent, signal: AbortSignal): Promise<void> {
    const { group, key } = data as ParkedDecisions['ParkedKeyReleased'];
    if (group !== this.group) return;
    if (type === 'ParkedKeyReleased') return this.retries.makeDue(key);
    assert(type === 'ParkedKeyDropped', `a decision about parked keys is one of two, not ${type}`);
    const { messages } = data as ParkedDecisions['ParkedKeyDropped'];
    await this.retries.drop(key, new Set(messages.map(({ id }) => id)), signal);
  }
}
