import type { Envelope, Position } from '@onedoor/engine';
import type { DomainEvent, Instant, Principal, Rejection } from '@onedoor/kernel';

/** A command on its way to the one handler of its aggregate. Each aggregate has a class of its own, by which the bus finds the handler. */
export class CommandMessage {
  constructor(
    readonly id: string,
    readonly name: string,
    readonly body: object,
    /** When it happens for the city. */
    readonly at: Instant,
    readonly envelope: Envelope,
    /** Null where the system asks: then nothing is checked but what the decider decides. */
    readonly asker: Asker | null = null,
  ) {}
}

/** Who asks, and what they have seen. */
export interface Asker {
  readonly principal: Principal;
  /** Their network address; null where there is none. */
  readonly client: string | null;
  /** The edition that they have seen; null where the aggregate has none. */
  readonly edition: number | null;
  /** Only asks what would happen. */
  readonly isPreview: boolean;
}

/** What became of a command. */
export type CommandOutcome<State> = CommandDone<State> | CommandPreview | Rejection;

export interface CommandDone<State> {
  readonly outcome: 'done';
  /** As the aggregate stands now; for a retry, maybe later than what the command left. */
  readonly state: State;
  /** Where the command's last event stands; null where nothing was ever written. */
  readonly position: Position | null;
  /** What this call wrote; empty where it was already so. */
  readonly events: readonly DomainEvent[];
  /** Whether an earlier attempt of the same command had done it. */
  readonly isRepeated: boolean;
  /** Told once, and kept nowhere. */
  readonly reveals: object | null;
}

/** What a command would do. */
export interface CommandPreview {
  readonly outcome: 'preview';
  readonly events: readonly DomainEvent[];
}
