import type { Channel, ClosingDetails, Language, Location, ReportedAnswer, Sealed, Visibility } from '@onedoor/contracts';
import type { Cell, DomainEvent, Instant } from '@onedoor/kernel';

/** Everything that belongs to a request as testimony: what was reported, and what the resident was told since. */
export type ServiceRequestEvent =
  | ServiceRequestSubmitted
  | ServiceRequestRouted
  | ServiceRequestPromised
  | ServiceRequestPaused
  | ServiceRequestResumed
  | ServiceRequestClosed
  | ServiceRequestReopened;

/** The report itself. Contact and free text are sealed by the key of the reference. */
export type ServiceRequestSubmitted = DomainEvent<'ServiceRequestSubmitted', Submission>;

export interface Submission {
  readonly service: {
    /** Open311 service code. */
    readonly code: string;
    readonly name: string;
    /** The revision of the catalog that was in force. */
    readonly catalogRevision: number;
  };
  readonly visibility: Visibility;
  readonly channel: Channel;
  /** Of a public request; of any other, as older logs keep it. */
  readonly location: Location | null;
  /** The neighbourhood of the place; null where no coordinates were given. */
  readonly cell: Cell | null;
  readonly description: Sealed | null;
  /** Where the reporter of a public request keeps a picture of it, as given. */
  readonly mediaUrl: string | null;
  /** Location and picture of a request that is not public: JSON of `ReportedDetails` under its reference's key. */
  readonly sealedDetails: Sealed | null;
  readonly answers: readonly ReportedAnswer[];
  readonly photos: readonly string[];
  /** What was answered to questions that the service does not ask: JSON of `ReportedAnswer`s under its reference's key. */
  readonly sealedAttributes: Sealed | null;
  readonly hasContact: boolean;
  /**
   * How to reach the reporter, sealed under the reference's key. So it is readable only by the event that was written: an attempt that
   * lost, or ended before its event, leaves nothing behind. Null where there is none, and where an older log keeps it in the vault.
   */
  readonly contact: Sealed | null;
  /** In which language the reporter is told things. */
  readonly language: Language;
  /** The department that was named with the report; null leaves it to the routing rules. */
  readonly department: string | null;
  /** Its id in the system it came from, where it came from one. */
  readonly source: { readonly system: string; readonly id: string } | null;
}

/** The resident was told who answers for it; null: it is still being decided. */
export type ServiceRequestRouted = DomainEvent<'ServiceRequestRouted', { readonly round: number; readonly department: string | null }>;

/** The resident was promised an end by `dueAt`, or told that it moved there. */
export type ServiceRequestPromised = DomainEvent<'ServiceRequestPromised', { readonly round: number; readonly dueAt: Instant }>;

/** The resident was told that it stands still for a reason: no date counts until it goes on. */
export type ServiceRequestPaused = DomainEvent<
  'ServiceRequestPaused',
  { readonly round: number; readonly reason: string; readonly by: PausedBy }
>;

/**
 * What says that it stands still. `promise`: its clock does, until it falls due at another instant. `case`: the city waits for the
 * resident, whatever the promise does, until the case goes on.
 */
export type PausedBy = 'promise' | 'case';

/** It goes on, by when the resident was told before: a promise that moved is told by itself. */
export type ServiceRequestResumed = DomainEvent<'ServiceRequestResumed', { readonly round: number }>;

/** The resident was told that it ended, and how. */
export type ServiceRequestClosed = DomainEvent<
  'ServiceRequestClosed',
  { readonly round: number; readonly outcome: string; readonly details: ClosingDetails }
>;

export type ServiceRequestReopened = DomainEvent<'ServiceRequestReopened', { readonly round: number }>;
