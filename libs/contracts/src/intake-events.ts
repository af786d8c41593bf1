import type { Channel, Language, Visibility } from './vocabulary.js';
import type { ClosingDetails } from './closing/closing-details.js';
import type { Instant } from '@onedoor/kernel';
import type { Reported, Sealed } from './reported.js';
import type { PublicEvent } from './public-event.js';

export const INTAKE_TOPIC = 'onedoor.intake';

/**
 * What intake tells the others, all under the request's reference: what was reported, and what the resident was told since, in
 * one order. A service that writes to residents needs no other topic about requests. `round` counts reopenings from 1.
 */
export type IntakeEvent =
  RequestSubmitted | RequestPromised | RequestPaused | RequestResumed | RequestPromiseMoved | RequestClosed | RequestReopened;

export const REQUEST_SUBMITTED = 'gov.onedoor.intake.request.submitted.v1';
export const REQUEST_PROMISED = 'gov.onedoor.intake.request.promised.v1';
export const REQUEST_PAUSED = 'gov.onedoor.intake.request.paused.v1';
export const REQUEST_RESUMED = 'gov.onedoor.intake.request.resumed.v1';
export const REQUEST_PROMISE_MOVED = 'gov.onedoor.intake.request.promise-moved.v1';
export const REQUEST_CLOSED = 'gov.onedoor.intake.request.closed.v1';
export const REQUEST_REOPENED = 'gov.onedoor.intake.request.reopened.v1';

/** A resident's report was taken in and has its reference. */
export type RequestSubmitted = PublicEvent<
  typeof REQUEST_SUBMITTED,
  {
    readonly service: string;
    readonly serviceName: string;
    readonly visibility: Visibility;
    readonly channel: Channel;
    /** The department that the person who took the report named; null leaves it to the routing rules. */
    readonly department: string | null;
    /** Whether the vault holds a way to reach the reporter. */
    readonly hasContact: boolean;
    /** In which language the reporter is told things. */
    readonly language: Language;
    /** How to reach the reporter, sealed under the reference's key. Absent in messages of earlier releases: there the vault keeps it. */
    readonly contact?: Sealed | null;
    /** What was reported. Absent in messages of earlier releases. */
    readonly reported?: Reported;
  }
>;

/** The resident was promised an end by `dueAt`: the first promise of this round. */
export type RequestPromised = PublicEvent<typeof REQUEST_PROMISED, { readonly round: number; readonly dueAt: Instant }>;

/** The resident was told that it stands still, and for what the city waits: the promise does, or the city waits for the resident. */
export type RequestPaused = PublicEvent<typeof REQUEST_PAUSED, { readonly round: number; readonly reason: string }>;

/** It goes on. `dueAt`: by when it is promised as the resident was told last; null where nothing is, or that is over. */
export type RequestResumed = PublicEvent<typeof REQUEST_RESUMED, { readonly round: number; readonly dueAt: Instant | null }>;

/** The resident was told that the end promised moved to `dueAt`. */
export type RequestPromiseMoved = PublicEvent<typeof REQUEST_PROMISE_MOVED, { readonly round: number; readonly dueAt: Instant }>;

/** The resident was told that it is closed, and how it ended. `details`: absent in messages of earlier releases. */
export type RequestClosed = PublicEvent<
  typeof REQUEST_CLOSED,
  { readonly round: number; readonly outcome: string; readonly details?: ClosingDetails }
>;

/** The resident was told that it is open again, in a new round. */
export type RequestReopened = PublicEvent<typeof REQUEST_REOPENED, { readonly round: number }>;
