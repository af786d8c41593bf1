import { assertNever } from '@onedoor/kernel';
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
      return withRound(heard, round, { promise: { dueAt, dueOn } });
    }
    case 'FactBreached': {
      const { heldBy } = event.data;
      const present = heard.rounds.find((one) => one.round === round)?.department ?? heard.department;
      return withRound(heard, round, { isBreached: true, heldBy: heldBy === null ? present : heldBy.department });
    }
    case 'FactMilestone': {
      const { department, dueOn, isMet } = event.data;
      const milestones = heard.rounds.find((one) => one.round === round)?.milestones ?? [];
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
      return withRound(event.data.isCorrection ? { ...heard, rounds: [] } : heard, round, {});
    default:
      return assertNever(event);
  }
}

/** Changes a round; one that is new begins with the department that has the case. */
function withRound(state: FactState, round: number, change: Partial<Round>): FactState {
  const blank: Round = {
    round,
    department: state.department,
    promise: null,
    isBreached: false,
    heldBy: null,
    milestones: [],
    excuse: null,
    resolution: null,
  };
  const known = state.rounds.find((one) => one.round === round);
  if (known === undefined) return { ...state, rounds: [...state.rounds, { ...blank, ...change }] };
  return { ...state, rounds: state.rounds.map((one) => (one === known ? { ...one, ...change } : one)) };
}
