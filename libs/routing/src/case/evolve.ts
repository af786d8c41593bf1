import { assert, assertNever } from '@onedoor/kernel';
import { pauseClock, resumeClock } from '@onedoor/sla';
import type { CaseEvent, CaseOpened, PromiseMade } from './events.js';
import type { Case, CasePromise, CaseState } from './state.js';

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

/** A fact that somebody stated about the case itself, and not what its clocks did. */
const isEdit = ({ type }: CaseEvent): boolean => type.startsWith('Case');

function changed(state: Case, event: Exclude<CaseEvent, CaseOpened>): Case {
  switch (event.type) {
    case 'CaseRouted':
      return { ...state, department: event.data.department, assignee: null, status: event.data.department === null ? 'triage' : 'queued' };
    case 'CaseAccepted':
      return { ...state, leg: state.leg && { ...state.leg, acceptedAt: event.at } };
    case 'CaseReturned':
      // Whose it is from now on is said by the routing that follows.
      return state;
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
      };
    case 'PromiseMade':
      return { ...state, promise: newPromise(event) };
    case 'PromiseDueSoon':
      return withPromise(state, ({ warned }) => ({ warned: [...warned, event.data.warning] }));
    case 'PromiseBreached':
      return { ...withPromise(state, () => ({ isBreached: true })), breachedAt: state.breachedAt ?? event.at };
    case 'PromisePaused':
      return {
        ...withPromise(state, ({ clock }) => ({ clock: pauseClock(clock, event.at, event.data.reason), pauseCapAt: event.data.capAt })),
        leg: state.leg && { ...state.leg, clock: state.leg.clock && pauseClock(state.leg.clock, event.at, event.data.reason) },
      };
    case 'PromiseResumed':
      return {
        ...withPromise(state, ({ clock }) => ({
          runsSince: event.at,
          clock: resumeClock(clock, event.at),
          dueAt: event.data.dueAt,
          warnings: event.data.warnings,
          pauseCapAt: null,
        })),
        leg: state.leg && { ...state.leg, clock: state.leg.clock && resumeClock(state.leg.clock, event.at) },
      };
    case 'LegStarted':
      return { ...state, leg: { department: event.data.department, startedAt: event.at, clock: event.data.clock, acceptedAt: null } };
    case 'LegEnded':
      return { ...state, leg: null };
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
  breachedAt: null,
};

const newPromise = ({ at, data: { clock, dueAt, warnings } }: PromiseMade): CasePromise => ({
  runsSince: at,
  clock,
  dueAt,
  warnings,
  isBreached: false,
  warned: [],
  pauseCapAt: null,
  isStopped: false,
});

function withPromise(state: Case, change: (promise: CasePromise) => Partial<CasePromise>): Case {
  assert(state.promise !== null, 'only a promise that was made is warned of, breached, paused or resumed');
  return { ...state, promise: { ...state.promise, ...change(state.promise) } };
}
