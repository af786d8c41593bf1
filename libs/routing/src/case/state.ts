import type { CaseStatus, Outcome, Reported, Visibility } from '@onedoor/contracts';
import type { Instant } from '@onedoor/kernel';
import type { Leg, Standstill } from './leg.js';
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
  /** The last return, while 311 has not decided about it; null where there is none. */
  readonly returned: { readonly department: string; readonly isWithinHours: boolean } | null;
  /** How often a department handed the case to another one in the present round. */
  readonly handOvers: number;
  /** The milestones with names of their own that were reached in the present round. */
  readonly reached: readonly string[];
  /** How long departments' clocks stood still in the present round; not the pause that lasts. */
  readonly standstills: readonly Standstill[];
  /** The first breach of any round since the last correction. */
  readonly breachedAt: Instant | null;
}

export const NO_CASE: NoCase = { exists: false };
