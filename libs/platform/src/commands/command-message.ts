import type { Envelope, Position } from '@onedoor/engine';
import type { DomainEvent, Instant, Principal, Rejection } from '@onedoor/kernel';

/** A command on the bus. Each aggregate has a subclass of its own, by which the bus finds its handler. */
export class CommandMessage {
  constructor(
    readonly id: string,
    readonly name: string,
    readonly body: object,
    /** When it happens for the city. */
    readonly at: Instant,
    readonly envelope: Envelope,
    /** Null for a command of the system: then only the decider checks it. */
    readonly asker: Asker | null = null,
  ) {}
}

/** The principal who asks for a command, and the edition that they have seen. */
export interface Asker {
  readonly principal: Principal;
  /** Their network address; null where there is none. */
  readonly client: string | null;
  /** The edition that they have seen; null where the aggregate has none. */
  readonly edition: number | null;
  /** Asks only what would happen; nothing is written. */
  readonly isPreview: boolean;
}

/** The outcome of a command. */
export type CommandOutcome<State> = CommandDone<State> | CommandPreview | Rejection;

export interface CommandDone<State> {
  readonly outcome: 'done';
  /** Of the aggregate that it was done to: where the body names it, that of the first attempt. */
  readonly id: string;
  /** The aggregate's state after the command; for a retry as the first attempt left it, whatever happened since. */
  readonly state: State;
  /** The position of the command's last event; null where the stream has none. */
  readonly position: Position | null;
  /** The events that this call wrote; empty where the command had no effect. */
  readonly events: readonly DomainEvent[];
  /** Whether an earlier attempt of the same command had done it. */
  readonly isRepeated: boolean;
  /** A secret for the answer only: it is not stored. */
  readonly reveals: object | null;
}

/** The events that a command would write. */
export interface CommandPreview {
  readonly outcome: 'preview';
  readonly events: readonly DomainEvent[];
}
