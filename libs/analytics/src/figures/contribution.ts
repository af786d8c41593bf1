import type { LocalDate } from '../fact/events.js';
import type { Round } from '../fact/state.js';

/**
 * What one case adds to one leaf. A case that is handed over takes all of its contributions along, but those of finished rounds and its
 * broken promises: these stay with the department that had it when they fell due.
 */
export type Contribution = Opened | Closed | Due | Milestone | Returned;

interface Placed {
  /** Unique within its case, and the same at each state of the case. */
  readonly name: string;
  readonly day: LocalDate;
  readonly service: string;
  readonly department: string | null;
}

/** It was submitted that day. `isPromised`: in some round it was promised an end. */
export interface Opened extends Placed {
  readonly kind: 'opened';
  readonly isPromised: boolean;
}

/** It was finally resolved that day, so many whole minutes after its submission. A case that is open again has none. */
export interface Closed extends Placed {
  readonly kind: 'closed';
  readonly minutes: number;
  readonly outcome: string;
  /** Whether nothing was asked of the city in the end: then how long it took says nothing. */
  readonly isVoid: boolean;
  /** Whether it was never reopened because it was not fixed. */
  readonly isFirstTime: boolean;
}

/** A promise of it falls due that day. */
export interface Due extends Placed {
  readonly kind: 'due';
  readonly verdict: Verdict;
  /** Whether it was missed and the breach excused: it stays missed. */
  readonly isExcused: boolean;
  /** What became of the date that the reporter was told instead; null where none was, and where the round is void. */
  readonly newDate: 'kept' | 'not_kept' | null;
}

/** A milestone of its department beside the resolution fell due that day. */
export interface Milestone extends Placed {
  readonly kind: 'milestone';
  readonly isMet: boolean;
}

/** Its department gave it back that day. */
export interface Returned extends Placed {
  readonly kind: 'returned';
  /** Whether that is charged to 311. */
  readonly isCharged: boolean;
}

/**
 * `open`: neither kept nor broken so far. `void`: the round ended, before its promise was broken, in a way that asked nothing of the city.
 */
export type Verdict = 'met' | 'missed' | 'void' | 'open';

/** Outcomes by which there was nothing to do: to count them as kept would flatter, as broken would blame. */
export const VOID_OUTCOMES: readonly string[] = ['duplicate', 'invalid', 'referred', 'withdrawn'];

/** A breach stays missed, whatever the round ends as. */
export function verdictOf({ isBreached, resolution }: Pick<Round, 'isBreached' | 'resolution'>): Verdict {
  if (isBreached || resolution?.onTime === false) return 'missed';
  if (resolution === null) return 'open';
  return VOID_OUTCOMES.includes(resolution.outcome) ? 'void' : 'met';
}
