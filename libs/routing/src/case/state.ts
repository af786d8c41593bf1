import type { CaseStatus, Outcome, Reported, Visibility } from '@onedoor/contracts';
import type { Instant } from '@onedoor/kernel';
import type { Clock } from '@onedoor/sla';
import type { CasePromise } from './promise.js';

export type CaseState = NoCase | Case;

export interface NoCase {
  readonly exists: false;
}

export interface Case {
  readonly exists: true;
  /** How many facts about the case staff have seen: what its clocks do by themselves is none, so that it refuses no edit. */
  readonly edition: number;
  readonly service: string;
  readonly visibility: Visibility;
  /** Null: it was not kept. */
  readonly reported: Reported | null;
  readonly status: CaseStatus;
  /** The status to return to; only while waiting. */
  readonly waitingFrom: CaseStatus | null;
  readonly department: string | null;
  readonly assignee: string | null;
  readonly round: number;
  readonly openedAt: Instant;
  /** When the present round began: a promise runs from here, whenever a department was found for it. */
  readonly roundBeganAt: Instant;
  readonly outcome: Outcome | null;
  /** Of the present round. */
  readonly promise: CasePromise | null;
  readonly leg: Leg | null;
  /** The first breach of any round since the last correction. */
  readonly breachedAt: Instant | null;
}

export interface Leg {
  readonly department: string;
  readonly startedAt: Instant;
  readonly clock: Clock | null;
  /** When the department said that the case is its own; null until then. */
  readonly acceptedAt: Instant | null;
}

export const NO_CASE: NoCase = { exists: false };
