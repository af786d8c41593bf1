import { assert, assertNever } from '@onedoor/kernel';
import { CORRECTED, isEdit, type CaseEvent, type CaseOpened } from './events.js';
import { isOfLeg, type LegEvent } from './leg-events.js';
import { evolveLeg, evolveLegWithPromise } from './leg.js';
import { evolvePromise } from './promise.js';
import { isOfPromise, type PromiseEvent } from './promise-events.js';
import type { Case, CaseState } from './state.js';

/** What each event means. The numbers were settled when the event was written; nothing is worked out again here. */
export function evolve(state: CaseState, event: CaseEvent): CaseState {
  if (event.type === 'CaseOpened') {
    const { service, visibility, round, reported } = event.data;
    return { ...BLANK, service, visibility, reported, round, openedAt: event.at, roundBeganAt: event.at };
  }
  assert(state.exists, 'the first event of a case opens it');
  const after = changed(state, event);
  return isEdit(event) ? { ...after, edition: state.edition + 1 } : after;
}

function changed(state: Case, event: Exclude<CaseEvent, CaseOpened>): Case {
  if (isOfPromise(event)) return withPromise(state, event);
  if (isOfLeg(event)) return withLeg(state, event);
  switch (event.type) {
    case 'CaseRouted': {
      const { department, because } = event.data;
      const isHandOver = because === 'staff' && state.department !== null && department !== null;
      const handOvers = state.handOvers + (isHandOver ? 1 : 0);
      const returned = department === null ? state.returned : null;
      return { ...state, department, assignee: null, status: department === null ? 'triage' : 'queued', handOvers, returned };
    }
    case 'CaseAccepted':
      return { ...state, leg: state.leg && { ...state.leg, acceptedAt: event.at } };
    case 'CaseMilestoneReached':
      return { ...state, reached: [...state.reached, event.data.milestone] };
    case 'CaseHandOversUsedUp':
      // Whose it is from now on is said by the routing that follows.
      return state;
    case 'CaseReturned': {
      const { department, isWithinHours } = event.data;
      return { ...state, returned: { department, isWithinHours } };
    }
    case 'CaseReturnCharged':
      return { ...state, returned: null };
    case 'CaseAssigned':
      return { ...state, assignee: event.data.assignee, status: state.status === 'in_progress' ? 'in_progress' : 'assigned' };
    case 'CaseStarted':
      return { ...state, status: 'in_progress' };
    case 'CaseWaiting':
      return { ...state, status: 'waiting', waitingFrom: state.status };
    case 'CaseResumed':
      return { ...state, status: state.waitingFrom ?? 'queued', waitingFrom: null };
    case 'CaseResolved':
      return { ...state, status: 'resolved', outcome: event.data.outcome, promise: state.promise && { ...state.promise, isStopped: true } };
    case 'CaseClosed':
      return { ...state, status: 'closed' };
    case 'CaseReopened':
      return {
        ...state,
        status: state.department === null ? 'triage' : 'queued',
        assignee: null,
        round: event.data.round,
        roundBeganAt: event.at,
        outcome: null,
        promise: null,
        standstills: [],
        handOvers: 0,
        returned: null,
        reached: [],
        waitingFrom: null,
        breachedAt: event.data.reason === CORRECTED ? null : state.breachedAt,
      };
    default:
      return assertNever(event);
  }
}

const BLANK: Omit<Case, 'service' | 'visibility' | 'reported' | 'round' | 'openedAt' | 'roundBeganAt'> = {
  exists: true,
  edition: 1,
  status: 'triage',
  waitingFrom: null,
  department: null,
  assignee: null,
  outcome: null,
  promise: null,
  leg: null,
  standstills: [],
  handOvers: 0,
  returned: null,
  reached: [],
  breachedAt: null,
};

function withPromise(state: Case, event: PromiseEvent): Case {
  return {
    ...state,
    promise: evolvePromise(state.promise, event),
    leg: evolveLegWithPromise(state.leg, event),
    breachedAt: event.type === 'PromiseBreached' ? (state.breachedAt ?? event.at) : state.breachedAt,
  };
}

function withLeg(state: Case, event: LegEvent): Case {
  const { leg, standstills } = state;
  const isResume = event.type === 'LegResumed' && leg !== null && leg.pause !== null;
  const standstill = isResume ? [{ department: leg.department, reason: leg.pause.reason, from: leg.pause.since, to: event.at }] : [];
  return { ...state, leg: evolveLeg(leg, event), standstills: [...standstills, ...standstill] };
}
