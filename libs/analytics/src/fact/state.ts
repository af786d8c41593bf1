import type { ExcuseReason } from '@onedoor/contracts';
import type { Instant } from '@onedoor/kernel';
import type { LocalDate } from './events.js';

/** What is known of one reference so far; the same in any order in which its two sources are heard. */
export interface FactState {
  /** The newest sequence heard from each source: what is not newer was heard. Null before the first. */
  readonly heard: { readonly intake: string | null; readonly routing: string | null };
  /** Null while only routing has spoken. */
  readonly submission: { readonly service: string; readonly at: Instant; readonly on: LocalDate } | null;
  /** Who answers for it, or did when it ended; null in triage. */
  readonly department: string | null;
  /** The rounds that were heard of, oldest first; those before a correction are left out. */
  readonly rounds: readonly Round[];
}

/** One time that the case was opened. */
export interface Round {
  readonly round: number;
  readonly department: string | null;
  /** Why it began; null for the first, and where that was not told. */
  readonly because: string | null;
  /**
   * By which it is judged: as first promised, and moved by agreed pauses; null where nothing was promised. `revisedTo`: what the reporter
   * was told instead; null where that was not revised.
   */
  readonly promise: { readonly dueAt: Instant; readonly dueOn: LocalDate; readonly revisedTo: Instant | null } | null;
  /** The returns of departments, oldest first. */
  readonly returns: readonly ReturnOfRound[];
  readonly isBreached: boolean;
  /** Who had the case when its promise was broken; null for triage, and where it was not broken. */
  readonly heldBy: string | null;
  /** The milestones beside the resolution that were met or missed, each on one leg of one department. */
  readonly milestones: readonly MilestoneOfRound[];
  /** Why the breach was excused; null where it was not. */
  readonly excuse: ExcuseReason | null;
  /** Null while it is open. */
  readonly resolution: { readonly at: Instant; readonly on: LocalDate; readonly outcome: string; readonly onTime: boolean | null } | null;
}

export interface ReturnOfRound {
  readonly department: string;
  readonly on: LocalDate;
  readonly isWithinHours: boolean;
  readonly isCharged: boolean;
}

export interface MilestoneOfRound {
  readonly department: string;
  readonly dueOn: LocalDate;
  readonly isMet: boolean;
}

export const NOTHING_HEARD: FactState = { heard: { intake: null, routing: null }, submission: null, department: null, rounds: [] };
