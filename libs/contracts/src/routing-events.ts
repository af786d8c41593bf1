import type { Instant } from '@onedoor/kernel';
import type { PublicEvent } from './public-event.js';
import type { ClosingDetails } from './closing/closing-details.js';
import type { ExcuseReason } from './vocabulary.js';

export const ROUTING_TOPIC = 'onedoor.routing';

/** What routing tells the others about a case, all under the request's reference. `round` counts reopenings from 1. */
export type RoutingEvent =
  | CaseRouted
  | PromiseMade
  | PromisePaused
  | PromiseMoved
  | PromiseDueSoon
  | PromiseBreached
  | PromiseExcused
  | MilestoneMet
  | MilestoneMissed
  | CaseResolved
  | CaseClosed
  | CaseReopened;

export const CASE_ROUTED = 'gov.onedoor.routing.case.routed.v1';
export const PROMISE_MADE = 'gov.onedoor.routing.promise.made.v1';
export const PROMISE_PAUSED = 'gov.onedoor.routing.promise.paused.v1';
export const PROMISE_MOVED = 'gov.onedoor.routing.promise.moved.v1';
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
export type PromiseMoved = PublicEvent<typeof PROMISE_MOVED, { readonly round: number; readonly dueAt: Instant }>;

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
  }
>;
