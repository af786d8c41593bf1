import type { Instant } from '@onedoor/kernel';
import type { DuePart } from './due-part.js';
import type { PublicEvent } from './public-event.js';
import type { ClosingDetails } from './closing/closing-details.js';
import type { ExcuseReason, ReturnReason, ReviseReason } from './vocabulary.js';

export const ROUTING_TOPIC = 'onedoor.routing';

/** What routing tells the others about a case, all under the request's reference. `round` counts reopenings from 1. */
export type RoutingEvent =
  | CaseRouted
  | CaseReturned
  | CaseReturnCharged
  | CaseWaiting
  | CaseResumed
  | PromiseMade
  | PromisePaused
  | PromiseMoved
  | PromiseRevised
  | PromiseDueSoon
  | PromiseBreached
  | PromiseExcused
  | MilestoneMet
  | MilestoneMissed
  | CaseResolved
  | CaseClosed
  | CaseReopened;

export const CASE_ROUTED = 'gov.onedoor.routing.case.routed.v1';
export const CASE_RETURNED = 'gov.onedoor.routing.case.returned.v1';
export const CASE_RETURN_CHARGED = 'gov.onedoor.routing.case.return-charged.v1';
export const CASE_WAITING = 'gov.onedoor.routing.case.waiting.v1';
export const CASE_RESUMED = 'gov.onedoor.routing.case.resumed.v1';
export const PROMISE_MADE = 'gov.onedoor.routing.promise.made.v1';
export const PROMISE_PAUSED = 'gov.onedoor.routing.promise.paused.v1';
export const PROMISE_MOVED = 'gov.onedoor.routing.promise.moved.v1';
export const PROMISE_REVISED = 'gov.onedoor.routing.promise.revised.v1';
export const PROMISE_DUE_SOON = 'gov.onedoor.routing.promise.due-soon.v1';
export const PROMISE_BREACHED = 'gov.onedoor.routing.promise.breached.v1';
export const PROMISE_EXCUSED = 'gov.onedoor.routing.promise.excused.v1';
export const MILESTONE_MET = 'gov.onedoor.routing.milestone.met.v1';
export const MILESTONE_MISSED = 'gov.onedoor.routing.milestone.missed.v1';
export const CASE_RESOLVED = 'gov.onedoor.routing.case.resolved.v1';
export const CASE_CLOSED = 'gov.onedoor.routing.case.closed.v1';
export const CASE_REOPENED = 'gov.onedoor.routing.case.reopened.v1';

/** A department answers for the case from now on; null: it waits in triage. */
export type CaseRouted = PublicEvent<typeof CASE_ROUTED, { readonly round: number; readonly department: string | null }>;

/** A department gave the case back to triage; `isWithinHours`: within those that its agreement gives it for that. */
export type CaseReturned = PublicEvent<
  typeof CASE_RETURNED,
  { readonly round: number; readonly department: string; readonly reason: ReturnReason; readonly isWithinHours: boolean }
>;

/** That the case had been sent to a department which returned it is charged to 311. */
export type CaseReturnCharged = PublicEvent<typeof CASE_RETURN_CHARGED, { readonly round: number; readonly department: string }>;

/**
 * Work can not go on, for a reason; `until`: when it is to be looked at again. Whether a clock stands still meanwhile is told by itself:
 * without a promise, after its breach, and where the reason's cap is used up, none of the promise does.
 */
export type CaseWaiting = PublicEvent<typeof CASE_WAITING, { readonly round: number; readonly reason: string; readonly until: Instant }>;

/** The wait is over; when the promise falls due now was told before, where that moved. */
export type CaseResumed = PublicEvent<typeof CASE_RESUMED, { readonly round: number }>;

/** The resident was promised an end by `dueAt`. */
export type PromiseMade = PublicEvent<
  typeof PROMISE_MADE,
  { readonly round: number; readonly department: string; readonly dueAt: Instant }
>;

/** The promise stands still for a reason, until it falls due at another instant: no date is shown meanwhile. `until`: at the latest. */
export type PromisePaused = PublicEvent<
  typeof PROMISE_PAUSED,
  { readonly round: number; readonly reason: string; readonly until: Instant }
>;

/** The promise now falls due at another instant, because the case waited for what the city cannot do. */
export type PromiseMoved = PublicEvent<
  typeof PROMISE_MOVED,
  {
    readonly round: number;
    readonly dueAt: Instant;
    /** What the resident is told instead; absent where staff did not revise the date. */
    readonly revisedTo?: Instant;
    /** Why it stood still: the reason's code. Absent in messages of earlier releases. */
    readonly reason?: string;
    /** Why it falls due then. Absent in messages of earlier releases. */
    readonly parts?: readonly DuePart[];
  }
>;

/** The resident is told another date, `dueAt`; the promise itself falls due when it did, and by that it is judged. */
export type PromiseRevised = PublicEvent<
  typeof PROMISE_REVISED,
  { readonly round: number; readonly department: string | null; readonly dueAt: Instant; readonly reason: ReviseReason }
>;

export type PromiseDueSoon = PublicEvent<
  typeof PROMISE_DUE_SOON,
  { readonly round: number; readonly department: string | null; readonly dueAt: Instant }
>;

/** The promise was not kept. `department` had the case when it fell due; null for triage. */
export type PromiseBreached = PublicEvent<
  typeof PROMISE_BREACHED,
  { readonly round: number; readonly department: string | null; readonly dueAt: Instant }
>;

/** The breach of this round was excused, for a reason: it stays a breach. */
export type PromiseExcused = PublicEvent<
  typeof PROMISE_EXCUSED,
  { readonly round: number; readonly department: string | null; readonly reason: ExcuseReason }
>;

/** A department reached a milestone that it owes beside the resolution, such as acknowledge, in time. */
export type MilestoneMet = PublicEvent<typeof MILESTONE_MET, MilestoneOfDepartment>;

/** A department had not reached a milestone that it owes beside the resolution at its due instant. */
export type MilestoneMissed = PublicEvent<typeof MILESTONE_MISSED, MilestoneOfDepartment>;

interface MilestoneOfDepartment {
  readonly round: number;
  readonly department: string;
  readonly milestone: string;
  readonly dueAt: Instant;
}

/**
 * The work is done, by the department that had the case; null: it ended in triage. `onTime` is whether the promise of this
 * round was kept; null where nothing was promised.
 */
export type CaseResolved = PublicEvent<
  typeof CASE_RESOLVED,
  {
    readonly round: number;
    readonly outcome: string;
    readonly department: string | null;
    readonly onTime: boolean | null;
    /** What belongs to the outcome. Absent in messages of earlier releases. */
    readonly details?: ClosingDetails;
  }
>;

/** The story ended: the resident agreed, or said nothing for as long as was agreed. */
export type CaseClosed = PublicEvent<typeof CASE_CLOSED, { readonly round: number; readonly outcome: string }>;

export type CaseReopened = PublicEvent<
  typeof CASE_REOPENED,
  {
    readonly round: number;
    /** The record was corrected: the rounds before were not so, and count in no figure. Absent for any other reason. */
    readonly isCorrection?: boolean;
    /** Why, such as not_fixed. Absent for a correction, and in messages of earlier releases. */
    readonly reason?: string;
  }
>;
