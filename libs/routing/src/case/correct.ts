import { assert } from '@onedoor/kernel';
import type { CorrectCase } from './command.js';
import { NO_ENDING } from './ending.js';
import { CORRECTED, type CaseEvent } from './events.js';
import { evolve } from './evolve.js';
import { nextMilestone } from './milestones.js';
import { endLeg, leg, promise, resolve, routed, scheduled, startedAt } from './placement-facts.js';
import type { Case, CaseState } from './state.js';

/**
 * A round by which the case becomes what its record says: begun when the record was changed, under a promise that runs from the record's
 * opening, with what its clock did, and with the end. It stands for the rounds before it, which were not so. All of it is one append, so
 * no correction is half done.
 */
export function correct({ changedAt, placement, ending, until }: CorrectCase, state: Case): readonly CaseEvent[] {
  const round = state.round + 1;
  const { department, terms } = placement;
  const since = ending !== null && ending.at < changedAt ? ending.at : changedAt;
  const telling = new Telling(state);
  telling.tell(
    ...endLeg(state, since, 'transferred'),
    { type: 'CaseReopened', at: since, data: { round, reason: CORRECTED } },
    routed(since, placement),
    ...promise(state.openedAt, round, department, scheduled(terms)),
    ...leg(since, department, scheduled(startedAt(terms, since))),
  );
  telling.letClocksRun((dueAt) => (ending === null ? dueAt <= until : dueAt < ending.at));
  if (ending === null) return telling.events;
  telling.tell(...resolve({ ...ending, ending: NO_ENDING }, telling.state));
  telling.tell({ type: 'CaseClosed', at: ending.at, data: { round, outcome: ending.outcome } });
  return telling.events;
}

/** Facts that follow from each other, and the case as it is after them. */
class Telling {
  readonly events: CaseEvent[] = [];

  constructor(public state: Case) {}

  tell(...facts: readonly CaseEvent[]): void {
    const after = facts.reduce<CaseState>(evolve, this.state);
    assert(after.exists, 'a case stays a case');
    this.state = after;
    this.events.push(...facts);
  }

  letClocksRun(isIn: (dueAt: string) => boolean): void {
    for (let next = nextMilestone(this.state); next !== null && isIn(next.dueAt); next = nextMilestone(this.state)) this.tell(next.event);
  }
}
