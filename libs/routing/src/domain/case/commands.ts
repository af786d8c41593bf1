import type { Instant, Visibility } from '@onedoor/kernel';
import type { Outcome } from './outcome.js';
import type { Sealed } from './sealed.js';
import type { Placement, Terms } from './terms.js';

/** `at`: when it happens for the city. Every command first brings the clocks up to it. */
export type CaseCommand =
  | OpenCase
  | RouteCase
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
}

export interface OpenCase extends At {
  readonly type: 'OpenCase';
  readonly service: string;
  readonly visibility: Visibility;
  readonly placement: Placement;
}

/** Hands the case to another department, or back to triage. */
export interface RouteCase extends At {
  readonly type: 'RouteCase';
  readonly placement: Placement;
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
}

export interface ResumeCase extends At {
  readonly type: 'ResumeCase';
}

export interface ResolveCase extends At {
  readonly type: 'ResolveCase';
  readonly outcome: Outcome;
  readonly note: Sealed | null;
}

/** `round`: which round is meant; an older one is already so. */
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
