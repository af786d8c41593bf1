import {
  CASE_CLOSED,
  CASE_REOPENED,
  CASE_RESOLVED,
  CASE_RETURN_CHARGED,
  CASE_RETURNED,
  CASE_ROUTED,
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
  WORK_FINISHED,
  WORK_ROUTED,
  WORK_WITHDRAWN,
  workTopic,
  type WorkEvent,
} from '@onedoor/contracts';
import type { Publication } from '@onedoor/engine';
import { assert, type Instant } from '@onedoor/kernel';
import { publicDetails } from './ending.js';
import { CORRECTED, type CaseEvent, type CaseReopened, type CaseResolved } from './events.js';
import type { LegMilestoneMet } from './leg-events.js';
import { RESOLVE } from './leg.js';
import type { Case, CaseState } from './state.js';

/**
 * What routing tells the other contexts about a case, and each department about its own work: one thing at most about one fact.
 * Notes stay inside; so do clocks.
 */
export function publishCase(event: CaseEvent, state: CaseState): readonly Publication[] {
  assert(state.exists, 'a case that has an event exists');
  const { round, department, service, reported, promise } = state;
  switch (event.type) {
    case 'CaseRouted':
      return [tell(CASE_ROUTED, { round, department: event.data.department })];
    case 'PromiseMade':
      return [tell(PROMISE_MADE, { round, department: event.data.department, dueAt: event.data.dueAt })];
    case 'PromisePaused':
      return [tell(PROMISE_PAUSED, { round, reason: event.data.reason, until: event.data.capAt })];
    case 'PromiseResumed':
      return [tell(PROMISE_MOVED, { round, dueAt: event.data.dueAt, ...(promise?.revisedTo && { revisedTo: promise.revisedTo }) })];
    case 'CasePromiseRevised':
      return [tell(PROMISE_REVISED, { round, department, dueAt: event.data.dueAt, reason: event.data.reason })];
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
      return [
        tellDepartment(WORK_ROUTED, {
          round,
          department: event.data.department,
          service,
          dueAt: promise?.dueAt ?? null,
          legDueAt: event.data.dueAt,
          location: reported?.details?.location ?? null,
        }),
      ];
    case 'LegEnded': {
      const { department, because } = event.data;
      return because === 'transferred' || because === 'returned' ? [tellDepartment(WORK_WITHDRAWN, { round, department, because })] : [];
    }
    case 'CaseResolved':
      return [tell(CASE_RESOLVED, resolution(event)), ...finished(event)];
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

const finished = ({ data: { round, outcome, department } }: CaseResolved): readonly Publication[] =>
  department === null ? [] : [tellDepartment(WORK_FINISHED, { round, department, outcome })];

const tell = (type: string, data: unknown): Publication => ({ topic: ROUTING_TOPIC, type, data });

const tellDepartment = (type: WorkEvent['type'], data: WorkEvent['data']): Publication => ({
  topic: workTopic(data.department),
  type,
  data,
});
