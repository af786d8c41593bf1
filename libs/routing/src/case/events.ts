import type { Outcome, Reported, ReturnReason, Sealed, TransferReason, Visibility } from '@onedoor/contracts';
import type { EventShapes } from '@onedoor/engine';
import type { DomainEvent, Instant } from '@onedoor/kernel';
import { NO_ENDING, type Ending } from './ending.js';
import { LEG_SHAPES, type LegEvent } from './leg-events.js';
import { PROMISE_SHAPES, type PromiseEvent } from './promise-events.js';

/** Everything that can happen to a case. One stream `case-<reference>` holds them; folding it is the case. */
export type CaseEvent =
  | CaseOpened
  | CaseRouted
  | CaseAccepted
  | CaseReturned
  | CaseReturnCharged
  | CaseAssigned
  | CaseStarted
  | CaseWaiting
  | CaseResumed
  | CaseResolved
  | CaseClosed
  | CaseReopened
  | CaseMilestoneReached
  | CaseHandOversUsedUp
  | PromiseEvent
  | LegEvent;

/** The city has taken the request on. `reported` is null where it was not kept: cases of earlier releases know only the service. */
export type CaseOpened = DomainEvent<
  'CaseOpened',
  { readonly service: string; readonly visibility: Visibility; readonly round: 1; readonly reported: Reported | null }
>;

/**
 * The case belongs to a department, or to none yet (`null`: triage). `because` names what decided; `reason` is why, where staff
 * decided.
 */
export type CaseRouted = DomainEvent<
  'CaseRouted',
  {
    readonly department: string | null;
    readonly because: 'reported' | 'rules' | 'fallback' | 'staff';
    readonly rulesVersion: number | null;
    readonly reason: TransferReason | null;
  }
>;

/**
 * A department would have handed the case to another one, after departments had done so `handOvers` times in this round. It goes to triage
 * instead, as the routing that follows says: 311 decides whose it is.
 */
export type CaseHandOversUsedUp = DomainEvent<
  'CaseHandOversUsedUp',
  { readonly from: string; readonly to: string; readonly handOvers: number }
>;

/** The department said that the case is its own: once a leg. */
export type CaseAccepted = DomainEvent<'CaseAccepted', { readonly department: string }>;

/**
 * The department gave the case back to triage. `isWithinHours`: within those that its agreement gives it; then the misroute is charged to
 * 311 once that agrees. Later, or where no hours are agreed, it is the department's.
 */
export type CaseReturned = DomainEvent<
  'CaseReturned',
  { readonly department: string; readonly reason: ReturnReason; readonly isWithinHours: boolean; readonly note: Sealed | null }
>;

/** 311 accepted the return, sent the case elsewhere or ended it: it had been sent to the wrong department, and that is charged to 311. */
export type CaseReturnCharged = DomainEvent<'CaseReturnCharged', { readonly round: number; readonly department: string }>;

export type CaseAssigned = DomainEvent<'CaseAssigned', { readonly assignee: string }>;

export type CaseStarted = DomainEvent<'CaseStarted', Record<string, never>>;

/** A milestone was reached that its department's agreement names beside acceptance, start and resolution, such as an inspection. */
export type CaseMilestoneReached = DomainEvent<'CaseMilestoneReached', { readonly milestone: string }>;

/** Work cannot go on for a reason; `expectedUntil` is when it is to be looked at again. */
export type CaseWaiting = DomainEvent<
  'CaseWaiting',
  { readonly reason: string; readonly expectedUntil: Instant; readonly note: Sealed | null }
>;

/** Work can go on, in the status it had before. */
export type CaseResumed = DomainEvent<'CaseResumed', Record<string, never>>;

/** The work is done: this stops the clocks. `onTime` is null where nothing was promised. */
export type CaseResolved = DomainEvent<
  'CaseResolved',
  {
    readonly round: number;
    readonly outcome: Outcome;
    readonly department: string | null;
    readonly onTime: boolean | null;
    readonly ending: Ending;
    readonly note: Sealed | null;
  }
>;

export type CaseClosed = DomainEvent<'CaseClosed', { readonly round: number; readonly outcome: Outcome }>;

/** Why a round began: the system that the request came from has corrected its record. The rounds before were not so. */
export const CORRECTED = 'record_corrected';

/** The story goes on, in a new round. */
export type CaseReopened = DomainEvent<'CaseReopened', { readonly round: number; readonly reason: string }>;

type Data = Readonly<Record<string, unknown>>;

/** A member that older events lack, or were given only where there was something to say. */
const withDefaults =
  (defaults: Data) =>
  (data: unknown): unknown => ({ ...defaults, ...(data as Data) });

/** A fact that people or another context stated about the case itself, and not what its clocks did: each makes another edition of it. */
export const isEdit = ({ type }: Pick<CaseEvent, 'type'>): boolean => type.startsWith('Case');

/** The current version of each event's shape. Raising one asks for an upcaster here and a golden file of the old shape. */
export const CASE_SHAPES: EventShapes<CaseEvent['type']> = {
  CaseOpened: { v: 2, upcast: withDefaults({ reported: null }) },
  CaseRouted: { v: 2, upcast: withDefaults({ reason: null }) },
  CaseAccepted: { v: 1 },
  CaseReturned: { v: 2, upcast: returnedOfVersion1 },
  CaseReturnCharged: { v: 1 },
  CaseAssigned: { v: 1 },
  CaseStarted: { v: 1 },
  CaseWaiting: { v: 2, upcast: withDefaults({ note: null }) },
  CaseResumed: { v: 1 },
  CaseResolved: { v: 2, upcast: withDefaults({ ending: NO_ENDING }) },
  CaseClosed: { v: 1 },
  CaseReopened: { v: 1 },
  CaseMilestoneReached: { v: 1 },
  CaseHandOversUsedUp: { v: 1 },
  ...PROMISE_SHAPES,
  ...LEG_SHAPES,
};

/** Before a return was charged by an event of its own: whose it is was said at once, by the hours alone. */
function returnedOfVersion1(data: unknown): unknown {
  const { chargedTo, ...returned } = data as Omit<CaseReturned['data'], 'isWithinHours'> & { readonly chargedTo: '311' | 'department' };
  return { ...returned, isWithinHours: chargedTo === '311' };
}
