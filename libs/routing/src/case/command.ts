import type { Outcome, Reported, ReturnReason, Sealed, TransferReason, Visibility } from '@onedoor/contracts';
import type { Instant } from '@onedoor/kernel';
import type { Placement, Terms } from './terms.js';

/** `at`: when it happens for the city. Every command first brings the clocks up to it. `edition`: the one its sender has seen. */
export type CaseCommand =
  | OpenCase
  | RouteCase
  | AcceptCase
  | ReturnCase
  | AssignCase
  | StartCase
  | WaitCase
  | ResumeCase
  | ResolveCase
  | CloseCase
  | ReopenCase
  | AssessClocks;

interface At {
  readonly at: Instant;
  /** Given where the command holds for this edition of the case only: at any other it is refused as `CASE_CHANGED`. */
  readonly edition?: number;
}

export interface OpenCase extends At {
  readonly type: 'OpenCase';
  readonly service: string;
  readonly visibility: Visibility;
  /** Null where a message of an earlier release did not say. */
  readonly reported: Reported | null;
  readonly placement: Placement;
}

/** Hands the case to another department, or back to triage. */
export interface RouteCase extends At {
  readonly type: 'RouteCase';
  readonly placement: Placement;
  readonly reason?: TransferReason;
}

export interface AcceptCase extends At {
  readonly type: 'AcceptCase';
}

/** `withinHours`: how many hours after its arrival a misroute is charged to 311; null where nothing is agreed about it. */
export interface ReturnCase extends At {
  readonly type: 'ReturnCase';
  readonly reason: ReturnReason;
  readonly note: Sealed | null;
  readonly withinHours: number | null;
}

export interface AssignCase extends At {
  readonly type: 'AssignCase';
  readonly assignee: string;
}

export interface StartCase extends At {
  readonly type: 'StartCase';
}

/** `pause` is given where the agreement lets this reason stop the promise: until when at the latest. */
export interface WaitCase extends At {
  readonly type: 'WaitCase';
  readonly reason: string;
  readonly expectedUntil: Instant;
  readonly pause: { readonly capAt: Instant } | null;
  readonly note?: Sealed | null;
}

export interface ResumeCase extends At {
  readonly type: 'ResumeCase';
}

export interface ResolveCase extends At {
  readonly type: 'ResolveCase';
  readonly outcome: Outcome;
  readonly note: Sealed | null;
}

/** `round`: which round is meant; an older one is already so, and there is none ahead of the case's own. */
export interface CloseCase extends At {
  readonly type: 'CloseCase';
  readonly round: number;
}

/** `terms` of the department that had it: a new round is a new promise. */
export interface ReopenCase extends At {
  readonly type: 'ReopenCase';
  readonly round: number;
  readonly reason: string;
  readonly terms: Terms | null;
}

/** Nothing but what every command does first: the ticker's knock on a silent case. */
export interface AssessClocks extends At {
  readonly type: 'AssessClocks';
}
