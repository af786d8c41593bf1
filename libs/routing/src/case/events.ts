import type { Outcome, Reported, ReturnReason, Sealed, TransferReason, Visibility } from '@onedoor/contracts';
import type { EventShapes } from '@onedoor/engine';
import type { DomainEvent, Instant } from '@onedoor/kernel';
import type { Clock } from '@onedoor/sla';
import { earlierClock } from './earlier-clock.js';
import { PROMISE_SHAPES, type PromiseEvent } from './promise-events.js';

/** Everything that can happen to a case. One stream `case-<reference>` holds them; folding it is the case. */
export type CaseEvent =
  | CaseOpened
  | CaseRouted
  | CaseAccepted
  | CaseReturned
  | CaseAssigned
  | CaseStarted
  | CaseWaiting
  | CaseResumed
  | CaseResolved
  | CaseClosed
  | CaseReopened
  | PromiseEvent
  | LegStarted
  | LegEnded;

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

/** The department said that the case is its own: once a leg. */
export type CaseAccepted = DomainEvent<'CaseAccepted', { readonly department: string }>;

/**
 * The department gave the case back to triage. `chargedTo`: whose the misroute is. Returned within the hours that its agreement
 * gives it, it counts against 311, which sent it there; later, or where no hours are agreed, against the department.
 */
export type CaseReturned = DomainEvent<
  'CaseReturned',
  { readonly department: string; readonly reason: ReturnReason; readonly chargedTo: '311' | 'department'; readonly note: Sealed | null }
>;

export type CaseAssigned = DomainEvent<'CaseAssigned', { readonly assignee: string }>;

export type CaseStarted = DomainEvent<'CaseStarted', Record<string, never>>;

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
    readonly note: Sealed | null;
  }
>;

export type CaseClosed = DomainEvent<'CaseClosed', { readonly round: number; readonly outcome: Outcome }>;

/** Why a round began: the system that the request came from has corrected its record. The rounds before were not so. */
export const CORRECTED = 'record_corrected';

/** The story goes on, in a new round. */
export type CaseReopened = DomainEvent<'CaseReopened', { readonly round: number; readonly reason: string }>;

/** The case arrived at a department, whose own clock runs from here to hand-off; null where nothing was agreed. */
export type LegStarted = DomainEvent<
  'LegStarted',
  {
    readonly department: string;
    readonly agreementVersion: number | null;
    readonly clock: Clock | null;
    readonly dueAt: Instant | null;
    /** What else was agreed for the service besides its resolution, each on a clock of its own. */
    readonly milestones: readonly LegMilestone[];
  }
>;

/** A milestone that a department owes on its leg, and when. */
export interface LegMilestone {
  readonly clock: Clock;
  readonly dueAt: Instant;
}

/** The department handed the case off or finished it. `because` is null where it was not kept: a transfer or an end. */
export type LegEnded = DomainEvent<
  'LegEnded',
  {
    readonly department: string;
    readonly startedAt: Instant;
    readonly onTime: boolean | null;
    readonly because: 'transferred' | 'returned' | 'resolved' | null;
  }
>;

type Data = Readonly<Record<string, unknown>>;

/** A member that older events lack, or were given only where there was something to say. */
const withDefaults =
  (defaults: Data) =>
  (data: unknown): unknown => ({ ...defaults, ...(data as Data) });

/** A leg had one clock, that of the resolution. */
function ofEarlierLeg(data: unknown): unknown {
  const started = data as LegStarted['data'];
  return { ...started, clock: started.clock && earlierClock(started.clock), milestones: [] };
}

/** The current version of each event's shape. Raising one asks for an upcaster here and a golden file of the old shape. */
export const CASE_SHAPES: EventShapes<CaseEvent['type']> = {
  CaseOpened: { v: 2, upcast: withDefaults({ reported: null }) },
  CaseRouted: { v: 2, upcast: withDefaults({ reason: null }) },
  CaseAccepted: { v: 1 },
  CaseReturned: { v: 1 },
  CaseAssigned: { v: 1 },
  CaseStarted: { v: 1 },
  CaseWaiting: { v: 2, upcast: withDefaults({ note: null }) },
  CaseResumed: { v: 1 },
  CaseResolved: { v: 1 },
  CaseClosed: { v: 1 },
  CaseReopened: { v: 1 },
  ...PROMISE_SHAPES,
  LegStarted: { v: 2, upcast: ofEarlierLeg },
  LegEnded: { v: 2, upcast: withDefaults({ because: null }) },
};
