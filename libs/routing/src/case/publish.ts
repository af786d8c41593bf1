import {
  CASE_CLOSED,
  CASE_REOPENED,
  CASE_RESOLVED,
  CASE_RESUMED,
  CASE_RETURN_CHARGED,
  CASE_RETURNED,
  CASE_ROUTED,
  CASE_WAITING,
  MILESTONE_MET,
  MILESTONE_MISSED,
  PROMISE_BREACHED,
  PROMISE_DUE_SOON,
  PROMISE_EXCUSED,
  PROMISE_MADE,
  PROMISE_MOVED,
  PROMISE_PAUSED,
  PROMISE_REVISED,
  ROUTING_TOPIC,
  type PromiseMoved,
} from '@onedoor/contracts';
import type { Publication } from '@onedoor/engine';
import { assert, type Instant } from '@onedoor/kernel';
import { explain } from '@onedoor/sla';
import { publicDetails } from './ending.js';
import { CORRECTED, type CaseEvent, type CaseReopened, type CaseResolved } from './events.js';
import type { LegMilestoneMet } from './leg-events.js';
import { RESOLVE } from './leg.js';
import type { PromiseResumed } from './promise-events.js';
import { workDueChanged, workFinished, workRouted, workWithdrawn } from './publish-work.js';
import type { Case, CaseState } from './state.js';

/**
 * What routing tells the other contexts about a case, and each department about its own work: one thing at most about one fact.
 * Notes stay inside; so do clocks.
 */
export function publishCase(event: CaseEvent, state: CaseState): readonly Publication[] {
  assert(state.exists, 'a case that has an event exists');
  const { round, department } = state;
  switch (event.type) {
    case 'CaseRouted':
      return [tell(CASE_ROUTED, { round, department: event.data.department })];
    case 'PromiseMade':
      return [tell(PROMISE_MADE, { round, department: event.data.department, dueAt: event.data.dueAt })];
    case 'PromisePaused':
      return [
        tell(PROMISE_PAUSED, { round, reason: event.data.reason, until: event.data.capAt }),
        ...workDueChanged(state, { clock: 'promise', because: 'paused', reason: event.data.reason }),
      ];
    case 'PromiseResumed': {
      const moved = promiseMoved(event, state);
      return [tell(PROMISE_MOVED, moved), ...workDueChanged(state, { clock: 'promise', because: 'resumed', reason: moved.reason })];
    }
    case 'CasePromiseRevised': {
      const { dueAt, reason } = event.data;
      return [
        tell(PROMISE_REVISED, { round, department, dueAt, reason }),
        ...workDueChanged(state, { clock: 'promise', because: 'revised', reason }),
      ];
    }
    case 'PromiseDueSoon':
      return [tell(PROMISE_DUE_SOON, { round, department, dueAt: event.data.dueAt })];
    case 'PromiseBreached':
      return [tell(PROMISE_BREACHED, { round, department: heldAt(event.data.dueAt, state), dueAt: event.data.dueAt })];
    case 'CaseBreachExcused':
      return [tell(PROMISE_EXCUSED, { round: event.data.round, department, reason: event.data.reason })];
    case 'LegMilestoneMet':
      return tellMilestone(MILESTONE_MET, round, event.data);
    case 'LegMilestoneMissed':
      return tellMilestone(MILESTONE_MISSED, round, event.data);
    case 'CaseReturned': {
      const { department: from, reason, isWithinHours } = event.data;
      return [tell(CASE_RETURNED, { round, department: from, reason, isWithinHours })];
    }
    case 'CaseReturnCharged':
      return [tell(CASE_RETURN_CHARGED, event.data)];
    case 'LegStarted':
      return workRouted(event, state);
    case 'LegPaused':
      return workDueChanged(state, { clock: 'department', because: 'paused', reason: event.data.reason });
    case 'LegResumed':
      if (state.leg === null) return [];
      return workDueChanged(state, { clock: 'department', because: 'resumed', reason: reasonOf(state.standstills) });
    case 'LegEnded':
      return workWithdrawn(event, state);
    case 'CaseWaiting':
      return [tell(CASE_WAITING, { round, reason: event.data.reason, until: event.data.expectedUntil })];
    case 'CaseResumed':
      return [tell(CASE_RESUMED, { round })];
    case 'CaseResolved':
      return [tell(CASE_RESOLVED, resolution(event)), ...workFinished(event)];
    case 'CaseClosed':
      return [tell(CASE_CLOSED, { round, outcome: event.data.outcome })];
    case 'CaseReopened':
      return [tell(CASE_REOPENED, reopening(event))];
    default:
      return [];
  }
}

/** Those beside the resolution: of this one the promise and the end of the case tell. */
const tellMilestone = (type: string, round: number, { department, milestone, dueAt }: LegMilestoneMet['data']): readonly Publication[] =>
  milestone === RESOLVE ? [] : [tell(type, { round, department, milestone, dueAt })];

/**
 * Who had the case at its due instant: no department did where it came to its own later, with a promise that was over by then. A promise
 * that was over before its round began is that of a corrected record, which has had its department from the opening on.
 */
const heldAt = (dueAt: Instant, { department, leg, roundBeganAt }: Case): string | null =>
  leg !== null && leg.startedAt > dueAt && roundBeganAt <= dueAt ? null : department;

const resolution = ({ data: { round, outcome, department, onTime, ending } }: CaseResolved): object => ({
  round,
  outcome,
  department,
  onTime,
  details: publicDetails(ending),
});

/** A correction says so instead of a reason. */
const reopening = ({ data: { round, reason } }: CaseReopened): object =>
  reason === CORRECTED ? { round, isCorrection: true } : { round, reason };

/** The date, why it moved, and how it comes about, without the words. */
function promiseMoved({ data: { dueAt } }: PromiseResumed, { round, promise }: Case): PromiseMoved['data'] & { readonly reason: string } {
  assert(promise !== null, 'a promise that goes on was made');
  const { revisedTo, clock } = promise;
  const parts = explain(clock).parts.map(({ words: _, ...part }) => part);
  return { round, dueAt, ...(revisedTo && { revisedTo }), reason: reasonOf(clock.pauses), parts };
}

/** Of the last pause, which is over. */
function reasonOf(pauses: readonly { readonly reason: string }[]): string {
  const last = pauses.at(-1);
  assert(last !== undefined, 'a clock that goes on stood still');
  return last.reason;
}

const tell = (type: string, data: unknown): Publication => ({ topic: ROUTING_TOPIC, type, data });
