import { assertNever, laterOf } from '@onedoor/kernel';
import type { FactEvent } from './events.js';
import type { FactState, Round } from './state.js';

/** What a fact means for all that is known of its reference. */
export function evolve(state: FactState, event: FactEvent): FactState {
  if (event.type === 'FactSubmitted') {
    const { sequence, service, submittedAt, submittedOn } = event.data;
    return { ...state, heard: { ...state.heard, intake: sequence }, submission: { service, at: submittedAt, on: submittedOn } };
  }
  const heard = { ...state, heard: { ...state.heard, routing: event.data.sequence } };
  const { round } = event.data;
  switch (event.type) {
    case 'FactRouted': {
      const { department } = event.data;
      return { ...withRound(heard, round, { department }), department };
    }
    case 'FactPromised': {
      const { dueAt, dueOn } = event.data;
      // A pause that moves the promise beyond the date that was told moves that as well.
      const told = roundOf(heard, round)?.promise?.revisedTo ?? null;
      return withRound(heard, round, { promise: { dueAt, dueOn, revisedTo: told && laterOf(told, dueAt) } });
    }
    case 'FactRevised': {
      const promise = roundOf(heard, round)?.promise ?? null;
      return withRound(heard, round, { promise: promise && { ...promise, revisedTo: event.data.revisedTo } });
    }
    case 'FactReturned': {
      const { department, isWithinHours, returnedOn: on } = event.data;
      return withRound(heard, round, { returns: [...returnsIn(heard, round), { department, on, isWithinHours, isCharged: false }] });
    }
    case 'FactReturnCharged': {
      const returns = returnsIn(heard, round);
      const last = returns.findLastIndex(({ department }) => department === event.data.department);
      return withRound(heard, round, { returns: returns.map((each, index) => (index === last ? { ...each, isCharged: true } : each)) });
    }
    case 'FactBreached': {
      const { heldBy } = event.data;
      const present = roundOf(heard, round)?.department ?? heard.department;
      return withRound(heard, round, { isBreached: true, heldBy: heldBy === null ? present : heldBy.department });
    }
    case 'FactMilestone': {
      const { department, dueOn, isMet } = event.data;
      const milestones = roundOf(heard, round)?.milestones ?? [];
      return withRound(heard, round, { milestones: [...milestones, { department, dueOn, isMet }] });
    }
    case 'FactExcused':
      return withRound(heard, round, { excuse: event.data.reason });
    case 'FactResolved': {
      const { department, outcome, onTime, resolvedAt, resolvedOn } = event.data;
      const resolution = { at: resolvedAt, on: resolvedOn, outcome, onTime };
      return { ...withRound(heard, round, { department, resolution }), department };
    }
    case 'FactReopened':
      return withRound(event.data.isCorrection ? { ...heard, rounds: [] } : heard, round, { because: event.data.reason });
    default:
      return assertNever(event);
  }
}

const roundOf = ({ rounds }: FactState, round: number): Round | undefined => rounds.find((one) => one.round === round);

const returnsIn = (state: FactState, round: number): Round['returns'] => roundOf(state, round)?.returns ?? [];

/** Changes a round; one that is new begins with the department that has the case. */
function withRound(state: FactState, round: number, change: Partial<Round>): FactState {
  const blank: Round = {
    round,
    department: state.department,
    because: null,
    promise: null,
    returns: [],
    isBreached: false,
    heldBy: null,
    milestones: [],
    excuse: null,
    resolution: null,
  };
  const known = roundOf(state, round);
  if (known === undefined) return { ...state, rounds: [...state.rounds, { ...blank, ...change }] };
  return { ...state, rounds: state.rounds.map((one) => (one === known ? { ...one, ...change } : one)) };
}
