import {
  CASE_STATUSES,
  type CaseStatus,
  type ExcuseReason,
  type Outcome,
  type Reported,
  type ReturnReason,
  type ReviseReason,
  type Sealed,
  type TransferReason,
  type Visibility,
} from '@onedoor/contracts';
import { reject, type Instant, type Rejection } from '@onedoor/kernel';
import type { Ending } from './ending.js';
import { namedMilestones } from './leg.js';
import type { Case } from './state.js';
import type { Placement, Terms } from './promise.js';

/** What can be done to a case that exists, by the names of the commands. `open`, `assess` and `correct` depend on no status. */
export type CaseCommandName =
  | 'transfer'
  | 'accept'
  | 'return'
  | 'accept-return'
  | 'assign'
  | 'start'
  | 'revise'
  | 'wait'
  | 'resume'
  | 'resolve'
  | 'close'
  | 'reopen'
  | 'excuse'
  | 'reach';

/**
 * The one transition table: which commands each status allows. `resume` returns to the status before the wait, `transfer` leads to
 * `queued` or `triage`, `return` to `triage`; `accept`, `accept-return`, `revise`, `reach` and `excuse` leave the status as it is; every
 * other command leads to the status named after it.
 */
export const TRANSITIONS: Readonly<Record<CaseStatus, readonly CaseCommandName[]>> = {
  triage: ['transfer', 'accept-return', 'revise', 'wait', 'resolve', 'excuse'],
  queued: ['transfer', 'accept', 'return', 'assign', 'start', 'revise', 'reach', 'wait', 'resolve', 'excuse'],
  assigned: ['transfer', 'accept', 'return', 'assign', 'start', 'revise', 'reach', 'wait', 'resolve', 'excuse'],
  in_progress: ['transfer', 'accept', 'return', 'assign', 'revise', 'reach', 'wait', 'resolve', 'excuse'],
  waiting: ['resume', 'excuse'],
  resolved: ['close', 'reopen', 'excuse'],
  closed: ['reopen', 'excuse'],
};

/** A refusal of a command besides those of the status: asked in their order, after the status allows it. */
interface FurtherRefusal {
  readonly code: string;
  readonly detail: string;
  applies(state: Case): boolean;
}

const FURTHER: Partial<Readonly<Record<CaseCommandName, readonly FurtherRefusal[]>>> = {
  accept: [
    {
      code: 'CASE_IS_ACCEPTED',
      detail: 'The department accepted it already',
      applies: ({ leg }) => leg !== null && leg.acceptedAt !== null,
    },
  ],
  'accept-return': [
    {
      code: 'NO_RETURN_TO_ACCEPT',
      detail: 'No department returned it within its agreed hours, or it was decided since whose the misroute is',
      applies: ({ returned }) => returned === null || !returned.isWithinHours,
    },
  ],
  revise: [{ code: 'NOTHING_PROMISED', detail: 'Nothing was promised in this round', applies: ({ promise }) => promise === null }],
  reach: [
    {
      code: 'NO_MILESTONE_LEFT',
      detail: "The department's agreement names no milestone for this service that was not reached yet",
      applies: (state) => namedMilestones(state).every((name) => state.reached.includes(name)),
    },
  ],
  excuse: [
    { code: 'PROMISE_NOT_BREACHED', detail: 'No promise of this round was broken', applies: ({ promise }) => !promise?.isBreached },
    {
      code: 'BREACH_IS_EXCUSED',
      detail: 'The breach was excused already',
      applies: ({ promise }) => promise !== null && promise.excuse !== null,
    },
  ],
};

/** Why a case does not allow a command as it stands; null where it does. */
export function refusalOf(name: CaseCommandName, state: Case): Rejection | null {
  const { status } = state;
  if (!TRANSITIONS[status].includes(name)) return reject(codeOf(status), `A case that is ${status} does not allow: ${name}`);
  const further = FURTHER[name]?.find(({ applies }) => applies(state));
  return further === undefined ? null : reject(further.code, further.detail);
}

/** The codes by which a command can be refused so. */
export const refusalCodesOf = (name: CaseCommandName): readonly string[] => [
  ...CASE_STATUSES.filter((status) => !TRANSITIONS[status].includes(name)).map(codeOf),
  ...(FURTHER[name] ?? []).map(({ code }) => code),
];

const codeOf = (status: CaseStatus): string => `CASE_IS_${status.toUpperCase()}`;

/** `at`: when it happens for the city. Every command first brings the clocks up to it. `edition`: the one its sender has seen. */
export type CaseCommand =
  | OpenCase
  | RouteCase
  | AcceptCase
  | ReturnCase
  | AcceptReturn
  | AssignCase
  | StartCase
  | WaitCase
  | ResumeCase
  | ResolveCase
  | CloseCase
  | ReopenCase
  | ExcuseBreach
  | ReachMilestone
  | ReviseDate
  | AssessClocks
  | CorrectCase;

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

/** `withinHours`: how many hours after its arrival a misroute can be charged to 311; null where nothing is agreed about it. */
export interface ReturnCase extends At {
  readonly type: 'ReturnCase';
  readonly reason: ReturnReason;
  readonly note: Sealed | null;
  readonly withinHours: number | null;
}

/** 311 agrees that it had sent the case to the wrong department. */
export interface AcceptReturn extends At {
  readonly type: 'AcceptReturn';
}

/** The resident is told another date, for a reason; the promise falls due when it did. */
export interface ReviseDate extends At {
  readonly type: 'ReviseDate';
  readonly dueAt: Instant;
  readonly reason: ReviseReason;
}

export interface AssignCase extends At {
  readonly type: 'AssignCase';
  readonly assignee: string;
}

export interface StartCase extends At {
  readonly type: 'StartCase';
}

/** `pause` is given where the agreement lets this reason stop clocks: for how long in a round, over all waits for it. */
export interface WaitCase extends At {
  readonly type: 'WaitCase';
  readonly reason: string;
  readonly expectedUntil: Instant;
  readonly pause: { readonly capMs: number } | null;
  readonly note?: Sealed | null;
}

export interface ResumeCase extends At {
  readonly type: 'ResumeCase';
}

export interface ResolveCase extends At {
  readonly type: 'ResolveCase';
  readonly outcome: Outcome;
  readonly ending: Ending;
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

/** The breach of the present round had a cause that is not to be held against anyone. */
export interface ExcuseBreach extends At {
  readonly type: 'ExcuseBreach';
  readonly reason: ExcuseReason;
}

/** A milestone of the department's agreement was reached that has a name of its own. */
export interface ReachMilestone extends At {
  readonly type: 'ReachMilestone';
  readonly milestone: string;
}

/** Nothing but what every command does first: the ticker's knock on a silent case. */
export interface AssessClocks extends At {
  readonly type: 'AssessClocks';
}

/**
 * The system that the request came from tells that its record was otherwise than the case has it: another department answered for it, it
 * ended at another instant, or it goes on. A record has one clock, from its opening: `placement` starts its clock there.
 */
export interface CorrectCase extends At {
  readonly type: 'CorrectCase';
  /** When the record was changed: the new round begins then. */
  readonly changedAt: Instant;
  readonly placement: Placement;
  /** How it ended; null where it goes on. */
  readonly ending: { readonly at: Instant; readonly outcome: Outcome; readonly note: Sealed | null } | null;
  /** Where it goes on: what the clocks did up to this instant is stated at once. */
  readonly until: Instant;
}
