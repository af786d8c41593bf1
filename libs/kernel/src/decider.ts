import type { Instant } from './instant.js';

/**
 * The whole behaviour of one aggregate in three fields. Pure: time, ids and policies arrive inside the command.
 * `decide` says what happens or why not; `evolve` says what it means, and accepts every event ever written.
 */
export interface Decider<State, Command, Event> {
  readonly initial: State;
  decide(command: Command, state: State): Decision<Event>;
  evolve(state: State, event: Event): State;
}

/**
 * A fact that happened in one aggregate, as its decider states it: past tense, one fact each.
 * `at` is when it happened for the city; clocks judge by it. When it was written (`recordedAt`) is added by the engine.
 */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly at: Instant;
  readonly data: Data;
}

/** The answer of a decider: the facts that follow from a command, or one reason why it is refused. */
export type Decision<Event> = Accepted<Event> | Rejection;

/** No events means "already so": a success that needs nothing written. */
interface Accepted<Event> {
  readonly outcome: 'accepted';
  readonly events: readonly Event[];
}

/** A refusal is a value. `code` is stable and UPPER_CASE: clients may branch on it; `detail` is for people and holds no personal data. */
export interface Rejection {
  readonly outcome: 'rejected';
  readonly code: string;
  readonly detail: string;
  /**
   * Set where what the command names does not exist in the log. A caller that learned of it elsewhere may retry, because its read of
   * the log may be behind. Every other refusal is final.
   */
  readonly about?: 'absent';
}

export const accept = <Event>(...events: readonly Event[]): Accepted<Event> => ({ outcome: 'accepted', events });

export const reject = (code: string, detail: string): Rejection => ({ outcome: 'rejected', code, detail });

/** The refusal of a command whose subject does not exist. Its code ends in `_UNKNOWN`. */
export const rejectAbsent = (code: `${string}_UNKNOWN`, detail: string): Rejection => ({ ...reject(code, detail), about: 'absent' });
