import type { Channel, Language, Visibility } from '@onedoor/contracts';
import type { DomainEvent, Instant } from '@onedoor/kernel';

/** Everything that belongs to a request as testimony: what was reported, and what the resident was told since. */
export type ServiceRequestEvent =
  ServiceRequestSubmitted | ServiceRequestRouted | ServiceRequestPromised | ServiceRequestClosed | ServiceRequestReopened;

/** The report itself. Contact stays in the vault under the same reference; free text is sealed by its key. */
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
  readonly location: Location | null;
  readonly description: { readonly sealed: string } | null;
  /** Where the reporter keeps a picture of it, as given. */
  readonly mediaUrl: string | null;
  readonly hasContact: boolean;
  /** In which language the reporter is told things; absent in what was written before anybody was asked: English. */
  readonly language?: Language;
  /** The department that whoever took the report named; null leaves it to the routing rules. */
  readonly department: string | null;
  /** Its id in the system it came from, where it came from one. */
  readonly source: { readonly system: string; readonly id: string } | null;
}

export interface Location {
  /** WGS 84 degrees; both or none. */
  readonly lat: number | null;
  readonly long: number | null;
  readonly address: string | null;
  readonly addressId: string | null;
}

/** The resident was told who answers for it; null: it is still being decided. */
export type ServiceRequestRouted = DomainEvent<'ServiceRequestRouted', { readonly round: number; readonly department: string | null }>;

/** The resident was promised an end by `dueAt`, or told that it moved there. */
export type ServiceRequestPromised = DomainEvent<'ServiceRequestPromised', { readonly round: number; readonly dueAt: Instant }>;

export type ServiceRequestClosed = DomainEvent<'ServiceRequestClosed', { readonly round: number; readonly outcome: string }>;

export type ServiceRequestReopened = DomainEvent<'ServiceRequestReopened', { readonly round: number }>;
