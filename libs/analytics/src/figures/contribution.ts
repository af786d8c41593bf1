import { MINUTE_MS, msOf, type Instant } from '@onedoor/kernel';
import type { LocalDate } from '../fact/events.js';
import type { FactState, Round } from '../fact/state.js';

/**
 * What one case adds to one leaf. A case that is handed over takes all of its contributions along, but those of finished rounds and its
 * broken promises: these stay with the department that had it when they fell due.
 */
export type Contribution = Opened | Closed | Due | Milestone;

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
}

/** A promise of it falls due that day. */
export interface Due extends Placed {
  readonly kind: 'due';
  readonly verdict: Verdict;
  /** Whether it was missed and the breach excused: it stays missed. */
  readonly isExcused: boolean;
}

/** A milestone of its department beside the resolution fell due that day. */
export interface Milestone extends Placed {
  readonly kind: 'milestone';
  readonly isMet: boolean;
}

/** `open`: neither kept nor broken so far. `void`: the round ended in a way that asked nothing of the city. */
export type Verdict = 'met' | 'missed' | 'void' | 'open';

/** Outcomes by which there was nothing to do: to count them as kept would flatter, as broken would blame. */
export const VOID_OUTCOMES: readonly string[] = ['duplicate', 'invalid', 'withdrawn'];

/** All that a case adds to figures now; nothing before its submission is known. */
export function contributionsOf({ submission, department, rounds }: FactState): readonly Contribution[] {
  if (submission === null) return [];
  const { service } = submission;
  const contributions: Contribution[] = [
    { name: 'opened', kind: 'opened', day: submission.on, service, department, isPromised: rounds.some(({ promise }) => promise !== null) },
  ];
  const resolution = rounds.at(-1)?.resolution;
  if (resolution)
    contributions.push({
      name: 'closed',
      kind: 'closed',
      day: resolution.on,
      service,
      department,
      minutes: wholeMinutes(submission.at, resolution.at),
    });
  for (const round of rounds) {
    contributions.push(...milestonesOf(round, service));
    if (round.promise === null) continue;
    const verdict = verdictOf(round);
    contributions.push({
      name: `due.${round.round}`,
      kind: 'due',
      day: round.promise.dueOn,
      service,
      // A department that has the case since its promise was broken did not break it.
      department: verdict === 'missed' && round.isBreached ? round.heldBy : round.department,
      verdict,
      isExcused: verdict === 'missed' && round.excuse !== null,
    });
  }
  return contributions;
}

const milestonesOf = ({ round, milestones }: Round, service: string): readonly Milestone[] =>
  milestones.map(({ department, dueOn, isMet }, index) => ({
    name: `milestone.${round}.${index}`,
    kind: 'milestone',
    day: dueOn,
    service,
    department,
    isMet,
  }));

function verdictOf({ isBreached, resolution }: Round): Verdict {
  if (resolution !== null && VOID_OUTCOMES.includes(resolution.outcome)) return 'void';
  if (isBreached || resolution?.onTime === false) return 'missed';
  return resolution === null ? 'open' : 'met';
}

const wholeMinutes = (from: Instant, to: Instant): number => Math.max(0, Math.floor((msOf(to) - msOf(from)) / MINUTE_MS));
