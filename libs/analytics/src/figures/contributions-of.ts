import { MINUTE_MS, msOf, type Instant } from '@onedoor/kernel';
import type { FactState, Round } from '../fact/state.js';
import { verdictOf, type Closed, type Contribution, type Due, type Milestone, type Returned } from './contribution.js';

/** All that a case adds to figures now; nothing before its submission is known. */
export function contributionsOf(state: FactState): readonly Contribution[] {
  const { submission, department, rounds } = state;
  if (submission === null) return [];
  const { on: day, service } = submission;
  const isPromised = rounds.some(({ promise }) => promise !== null);
  return [
    { name: 'opened', kind: 'opened', day, service, department, isPromised },
    ...closedOf(state, service, submission.at),
    ...rounds.flatMap((round) => [...milestonesOf(round, service), ...returnsOf(round, service), ...dueOf(round, service)]),
  ];
}

/** The last round is what counts: what was reopened goes on. */
function closedOf({ department, rounds }: FactState, service: string, submittedAt: Instant): readonly Closed[] {
  const last = rounds.at(-1);
  if (last === undefined || last.resolution === null) return [];
  const { at, on: day, outcome } = last.resolution;
  return [
    {
      name: 'closed',
      kind: 'closed',
      day,
      service,
      department,
      minutes: wholeMinutes(submittedAt, at),
      outcome,
      isVoid: verdictOf(last) === 'void',
      isFirstTime: rounds.every(({ because }) => because !== NOT_FIXED),
    },
  ];
}

/** Of the reasons to reopen, the one by which the round before had not been what it said. */
const NOT_FIXED = 'not_fixed';

function dueOf(round: Round, service: string): readonly Due[] {
  const { promise, resolution, isBreached, heldBy } = round;
  if (promise === null) return [];
  const verdict = verdictOf(round);
  return [
    {
      name: `due.${round.round}`,
      kind: 'due',
      day: promise.dueOn,
      service,
      // A department that has the case since its promise was broken did not break it.
      department: verdict === 'missed' && isBreached ? heldBy : round.department,
      verdict,
      isExcused: verdict === 'missed' && round.excuse !== null,
      newDate: verdict === 'void' || promise.revisedTo === null ? null : isKept(promise.revisedTo, resolution) ? 'kept' : 'not_kept',
    },
  ];
}

const isKept = (date: Instant, resolution: Round['resolution']): boolean => resolution !== null && resolution.at <= date;

const milestonesOf = ({ round, milestones }: Round, service: string): readonly Milestone[] =>
  milestones.map(({ department, dueOn, isMet }, index) => ({
    name: `milestone.${round}.${index}`,
    kind: 'milestone',
    day: dueOn,
    service,
    department,
    isMet,
  }));

const returnsOf = ({ round, returns }: Round, service: string): readonly Returned[] =>
  returns.map(({ department, on: day, isCharged }, index) => ({
    name: `returned.${round}.${index}`,
    kind: 'returned',
    day,
    service,
    department,
    isCharged,
  }));

const wholeMinutes = (from: Instant, to: Instant): number => Math.max(0, Math.floor((msOf(to) - msOf(from)) / MINUTE_MS));
