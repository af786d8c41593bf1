import type { ExcuseReason } from '@onedoor/contracts';
import type { EventShapes } from '@onedoor/engine';
import type { DomainEvent, Instant } from '@onedoor/kernel';

/**
 * What analytics keeps of one reference: the public events that figures need, and nothing of a person. `sequence` is the
 * public event's own. Each fact carries its own instant, because a stream's `at` never goes back and the two sources are not
 * ordered to each other; and the city's local date of it, so that no figure ever needs a zone.
 */
export type FactEvent =
  | FactSubmitted
  | FactRouted
  | FactPromised
  | FactBreached
  | FactExcused
  | FactMilestone
  | FactRevised
  | FactReturned
  | FactReturnCharged
  | FactResolved
  | FactReopened;

export type FactSubmitted = DomainEvent<
  'FactSubmitted',
  { readonly sequence: string; readonly service: string; readonly submittedAt: Instant; readonly submittedOn: LocalDate }
>;

/** A department answers from now on; null: triage. */
export type FactRouted = DomainEvent<
  'FactRouted',
  { readonly sequence: string; readonly round: number; readonly department: string | null }
>;

/** The promise of a round was made, or moved. */
export type FactPromised = DomainEvent<
  'FactPromised',
  { readonly sequence: string; readonly round: number; readonly dueAt: Instant; readonly dueOn: LocalDate }
>;

/**
 * The promise of a round was not kept by the department that had the case when it fell due. `heldBy` is null where an earlier release did
 * not keep whose it was.
 */
export type FactBreached = DomainEvent<
  'FactBreached',
  { readonly sequence: string; readonly round: number; readonly heldBy: { readonly department: string | null } | null }
>;

/** The breach of a round was excused: it stays a breach. */
export type FactExcused = DomainEvent<'FactExcused', { readonly sequence: string; readonly round: number; readonly reason: ExcuseReason }>;

/** A department reached a milestone that it owes beside the resolution in time, or had not when it fell due. */
export type FactMilestone = DomainEvent<
  'FactMilestone',
  {
    readonly sequence: string;
    readonly round: number;
    readonly department: string;
    readonly milestone: string;
    readonly isMet: boolean;
    readonly dueAt: Instant;
    readonly dueOn: LocalDate;
  }
>;

/** The reporter was told another date; the promise is judged by its own. */
export type FactRevised = DomainEvent<'FactRevised', { readonly sequence: string; readonly round: number; readonly revisedTo: Instant }>;

/** A department gave the case back. `isWithinHours`: within those that its agreement gives it for that. */
export type FactReturned = DomainEvent<
  'FactReturned',
  {
    readonly sequence: string;
    readonly round: number;
    readonly department: string;
    readonly isWithinHours: boolean;
    readonly returnedAt: Instant;
    readonly returnedOn: LocalDate;
  }
>;

/** The last return of a department is charged to 311. */
export type FactReturnCharged = DomainEvent<
  'FactReturnCharged',
  { readonly sequence: string; readonly round: number; readonly department: string }
>;

/** The work of a round has ended. `onTime` is null where nothing was promised. */
export type FactResolved = DomainEvent<
  'FactResolved',
  {
    readonly sequence: string;
    readonly round: number;
    readonly department: string | null;
    readonly outcome: string;
    readonly onTime: boolean | null;
    readonly resolvedAt: Instant;
    readonly resolvedOn: LocalDate;
  }
>;

/** A round began; `isCorrection`: the rounds before were not so. `reason`: why it began; null where that was not told. */
export type FactReopened = DomainEvent<
  'FactReopened',
  { readonly sequence: string; readonly round: number; readonly isCorrection: boolean; readonly reason: string | null }
>;

/** `YYYY-MM-DD`, as calendars in the city show it. */
export type LocalDate = string;

/** The current version of each event's shape. Raising one asks for an upcaster here and a golden file of the old shape. */
export const FACT_SHAPES: EventShapes<FactEvent['type']> = {
  FactSubmitted: { v: 1 },
  FactRouted: { v: 1 },
  FactPromised: { v: 1 },
  FactBreached: { v: 2, upcast: (data) => ({ heldBy: null, ...(data as object) }) },
  FactExcused: { v: 1 },
  FactMilestone: { v: 1 },
  FactRevised: { v: 1 },
  FactReturned: { v: 1 },
  FactReturnCharged: { v: 1 },
  FactResolved: { v: 1 },
  FactReopened: { v: 3, upcast: (data) => ({ isCorrection: false, reason: null, ...(data as object) }) },
};

/** What a public event says, to be kept. Each has the fields of the event that it leads to. */
export type FactCommand =
  | RecordSubmission
  | RecordRouting
  | RecordPromise
  | RecordBreach
  | RecordExcuse
  | RecordMilestone
  | RecordRevision
  | RecordReturn
  | RecordReturnCharge
  | RecordResolution
  | RecordReopening;

interface At {
  readonly at: Instant;
}

export type RecordSubmission = At & { readonly type: 'RecordSubmission' } & FactSubmitted['data'];
export type RecordRouting = At & { readonly type: 'RecordRouting' } & FactRouted['data'];
export type RecordPromise = At & { readonly type: 'RecordPromise' } & FactPromised['data'];
export type RecordBreach = At & { readonly type: 'RecordBreach' } & FactBreached['data'];
export type RecordExcuse = At & { readonly type: 'RecordExcuse' } & FactExcused['data'];
export type RecordMilestone = At & { readonly type: 'RecordMilestone' } & FactMilestone['data'];
export type RecordRevision = At & { readonly type: 'RecordRevision' } & FactRevised['data'];
export type RecordReturn = At & { readonly type: 'RecordReturn' } & FactReturned['data'];
export type RecordReturnCharge = At & { readonly type: 'RecordReturnCharge' } & FactReturnCharged['data'];
export type RecordResolution = At & { readonly type: 'RecordResolution' } & FactResolved['data'];
export type RecordReopening = At & { readonly type: 'RecordReopening' } & FactReopened['data'];
