import type { Aggregate, ParkedDecisions, PARKING_CATEGORY } from '@onedoor/engine';
import { accept, counted, type DomainEvent, type Instant } from '@onedoor/kernel';

export type ParkedKeyEvent = ParkedKeyReleased | ParkedKeyDropped;

/** Its messages are retried now, and not when their time comes. */
export type ParkedKeyReleased = DomainEvent<'ParkedKeyReleased', ParkedDecisions['ParkedKeyReleased']>;

/** These of its messages will never be handled. */
export type ParkedKeyDropped = DomainEvent<'ParkedKeyDropped', ParkedDecisions['ParkedKeyDropped']>;

export type ParkedKeyCommand = ReleaseParkedKey | DropParkedKey;

export interface ReleaseParkedKey {
  readonly type: 'ReleaseParkedKey';
  readonly at: Instant;
  readonly release: ParkedDecisions['ParkedKeyReleased'];
}

export interface DropParkedKey {
  readonly type: 'DropParkedKey';
  readonly at: Instant;
  readonly drop: ParkedDecisions['ParkedKeyDropped'];
}

/** What was decided so far. */
export interface ParkedKeyState {
  readonly released: number;
  /** Messages that were dropped. */
  readonly dropped: number;
}

/**
 * What operators decided about one parked key of a consumer: stream `parking-<group>.<key>`. Whether it is parked is found out before the
 * decider is asked; a decision about messages that were handled meanwhile has no effect.
 */
export const PARKED_KEY: Aggregate<ParkedKeyState, ParkedKeyCommand, ParkedKeyEvent> = {
  category: 'parking' satisfies typeof PARKING_CATEGORY,
  shapes: { ParkedKeyReleased: { v: 1 }, ParkedKeyDropped: { v: 1 } },
  decider: {
    initial: { released: 0, dropped: 0 },
    decide: (command) =>
      command.type === 'ReleaseParkedKey'
        ? accept<ParkedKeyEvent>({ type: 'ParkedKeyReleased', at: command.at, data: command.release })
        : accept<ParkedKeyEvent>({ type: 'ParkedKeyDropped', at: command.at, data: command.drop }),
    evolve: ({ released, dropped }, event) =>
      event.type === 'ParkedKeyReleased'
        ? { released: released + 1, dropped }
        : { released, dropped: dropped + event.data.messages.length },
  },
};

/** One sentence for an event, for people who read its history. */
export function describeParkedKey({ type, data }: ParkedKeyEvent): string {
  const which = `${data.key} of ${data.group}`;
  return type === 'ParkedKeyReleased'
    ? `Parked key ${which} released`
    : `Parked key ${which} dropped, ${counted(data.messages.length, 'message')}: ${data.reason}`;
}
