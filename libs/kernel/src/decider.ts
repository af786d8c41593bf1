import type { Decision } from './decision.js';

/**
 * The whole behaviour of one aggregate in three fields. Pure: time, ids and policies arrive inside the command.
 * `decide` says what happens or why not; `evolve` says what it means, and accepts every event ever written.
 */
export interface Decider<State, Command, Event> {
  readonly initial: State;
  decide(command: Command, state: State): Decision<Event>;
  evolve(state: State, event: Event): State;
}
