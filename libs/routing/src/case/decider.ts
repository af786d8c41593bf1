import {
  accept,
  assert,
  assertNever,
  HOUR_MS,
  instantOf,
  msOf,
  reject,
  rejectAbsent,
  type Decider,
  type Decision,
  type Instant,
} from '@onedoor/kernel';
import { isPaused, resumeClock } from '@onedoor/sla';
import {
  refusalOf,
  type AssessClocks,
  type CaseCommand,
  type CloseCase,
  type CorrectCase,
  type OpenCase,
  type ReachMilestone,
  type ReopenCase,
  type ReturnCase,
  type ReviseDate,
  type RouteCase,
  type WaitCase,
  type CaseCommandName,
} from './command.js';
import { correct } from './correct.js';
import type { CaseEvent } from './events.js';
import { evolve } from './evolve.js';
import { ACKNOWLEDGE, namedMilestones, START } from './leg.js';
import { legResumed, nextMilestone } from './milestones.js';
import { pauseLeft } from './pause-left.js';
import { endLeg, leg, met, promise, resolve, routed, scheduled, startedAt } from './placement-facts.js';
import { schedule } from './schedule.js';
import { NO_CASE, type Case, type CaseState } from './state.js';

/**
 * The work on one request. Every command first states what the clocks did before its own instant, each fact stamped with the
 * instant at which it came true, and is then judged in the state that this leads to. So a breach never depends on the
 * ticker's luck, and what happens exactly at the due instant is on time.
 */
export const caseDecider: Decider<CaseState, CaseCommand, CaseEvent> = {
  initial: NO_CASE,
  decide(command, state) {
    if (command.type === 'OpenCase') return state.exists ? accept() : accept(...open(command));
    if (!state.exists) return rejectAbsent('CASE_UNKNOWN', 'There is no case under this reference');
    if (command.edition !== undefined && command.edition !== state.edition)
      return reject('CASE_CHANGED', 'Somebody has changed the case since it was read');
    // What the clocks did of a history that was otherwise is not stated any more.
    if (command.type === 'CorrectCase') return accept(...correct(command, state));
    const milestones = dueBefore(state, command.at, command.type === 'AssessClocks');
    const current = milestones.reduce<CaseState>(evolve, state);
    assert(current.exists, 'a case stays a case');
    const decision = decideOn(command, current);
    return decision.outcome === 'rejected' ? decision : accept(...milestones, ...decision.events);
  },
  evolve,
};

function decideOn(command: Exclude<CaseCommand, OpenCase | CorrectCase>, state: Case): Decision<CaseEvent> {
  if (command.type === 'AssessClocks') return accept();
  if ('round' in command) {
    if (command.round > state.round) return unknownRound(command);
    if (command.round < state.round) return accept();
  }
  const isAlreadySo = isSo(command, state);
  // A message may come late and a set-up twice: what is already so is nothing to do. Staff have seen the case, as the edition says: they
  // are answered as the case's allowed actions have told them.
  if (isAlreadySo && command.edition === undefined) return accept();
  const refused = refusalOf(NAMES[command.type], state);
  if (refused !== null) return refused;
  return isAlreadySo ? accept() : eventsOf(command, state);
}

type StaffCommand = Exclude<CaseCommand, OpenCase | AssessClocks | CorrectCase>;

/** What the transition table calls each command. */
const NAMES: Readonly<Record<StaffCommand['type'], CaseCommandName>> = {
  RouteCase: 'transfer',
  AcceptCase: 'accept',
  ReturnCase: 'return',
  AcceptReturn: 'accept-return',
  ReviseDate: 'revise',
  AssignCase: 'assign',
  StartCase: 'start',
  WaitCase: 'wait',
  ResumeCase: 'resume',
  ResolveCase: 'resolve',
  CloseCase: 'close',
  ReopenCase: 'reopen',
  ExcuseBreach: 'excuse',
  ReachMilestone: 'reach',
};

/** Whether a case already is as a command would have it. */
function isSo(command: StaffCommand, state: Case): boolean {
  switch (command.type) {
    case 'RouteCase':
      return state.department === command.placement.department;
    case 'AcceptCase':
      return state.leg !== null && state.leg.acceptedAt !== null;
    case 'AssignCase':
      return state.assignee === command.assignee;
    case 'StartCase':
      return state.status === 'in_progress';
    case 'ReachMilestone':
      return state.reached.includes(command.milestone);
    case 'CloseCase':
      return state.status === 'closed';
    case 'ReviseDate':
      return state.promise !== null && command.dueAt === (state.promise.revisedTo ?? state.promise.dueAt);
    case 'ExcuseBreach':
      return state.promise?.excuse === command.reason;
    default:
      return false;
  }
}

/** The events of a command that the table allows. */
function eventsOf(command: StaffCommand, state: Case): Decision<CaseEvent> {
  const { at } = command;
  switch (command.type) {
    case 'RouteCase':
      return accept(...route(command, state));
    case 'AcceptCase':
      return accept<CaseEvent>({ type: 'CaseAccepted', at, data: { department: departmentOf(state) } }, ...met(state, at, ACKNOWLEDGE));
    case 'ReturnCase':
      return accept(...giveBack(command, state));
    case 'AcceptReturn':
      return accept(...chargeReturn(state, at));
    case 'ReviseDate':
      return revise(command, state);
    case 'AssignCase':
      return accept<CaseEvent>({ type: 'CaseAssigned', at, data: { assignee: command.assignee } }, ...met(state, at, ACKNOWLEDGE));
    case 'StartCase':
      return accept<CaseEvent>({ type: 'CaseStarted', at, data: {} }, ...met(state, at, ACKNOWLEDGE, START));
    case 'ReachMilestone':
      return reach(command, state);
    case 'WaitCase':
      return wait(command, state);
    case 'ResumeCase':
      // Who hears that the wait is over has heard before to when the promise moved.
      return accept<CaseEvent>(...resumePromise(state, at), ...resumeLeg(state, at), { type: 'CaseResumed', at, data: {} });
    case 'ResolveCase':
      // 311 that ends in triage what was returned agrees that it was no work of that department.
      return accept(...(state.department === null ? chargeReturn(state, at) : []), ...resolve(command, state));
    case 'CloseCase':
      return accept<CaseEvent>({ type: 'CaseClosed', at, data: { round: state.round, outcome: outcomeOf(state) } });
    case 'ReopenCase':
      return accept(...reopen(command, state));
    case 'ExcuseBreach':
      return accept<CaseEvent>({ type: 'CaseBreachExcused', at, data: { round: state.round, reason: command.reason } });
    default:
      return assertNever(command);
  }
}

/** A case with what its clocks did before an instant: as a command at that instant finds it. */
export function atInstant(state: Case, at: Instant): Case {
  const current = dueBefore(state, at).reduce<CaseState>(evolve, state);
  assert(current.exists, 'a case stays a case');
  return current;
}

/** Facts of the clocks that came true before an instant: strictly before it, but for the ticker, whose own instant counts. */
function dueBefore(state: Case, at: Instant, isIncluded = false): readonly CaseEvent[] {
  const events: CaseEvent[] = [];
  let current: CaseState = state;
  for (let next = nextMilestone(state); next !== null; next = current.exists ? nextMilestone(current) : null) {
    if (isIncluded ? next.dueAt > at : next.dueAt >= at) break;
    events.push(next.event);
    current = evolve(current, next.event);
  }
  return events;
}

const unknownRound = ({ round }: CloseCase | ReopenCase): Decision<never> =>
  rejectAbsent('ROUND_UNKNOWN', `The case has not come to round ${round} yet`);

function open({ at, service, visibility, reported, placement }: OpenCase): readonly CaseEvent[] {
  const agreed = scheduled(placement.terms);
  return [
    { type: 'CaseOpened', at, data: { service, visibility, round: 1, reported } },
    routed(at, placement),
    ...promise(at, 1, placement.department, agreed),
    ...leg(at, placement.department, agreed),
  ];
}

function route(command: RouteCase, state: Case): readonly CaseEvent[] {
  const { at, placement, reason } = command;
  const to = placement.department;
  if (to !== null && state.department !== null && state.handOvers >= HAND_OVERS_MAX)
    return backToTriage(command, state.department, to, state);
  // The promise to the resident survives the transfer; only a case that had none may get its first.
  const first = state.promise === null ? promise(at, state.round, to, scheduled(startedAt(placement.terms, state.roundBeganAt))) : [];
  return [
    ...(to === state.returned?.department ? [] : chargeReturn(state, at)),
    ...endLeg(state, at, 'transferred'),
    routed(at, placement, reason),
    ...first,
    ...leg(at, to, scheduled(placement.terms)),
  ];
}

/** How often departments may hand a case to each other in a round: the next time 311 decides whose it is. */
const HAND_OVERS_MAX = 2;

const backToTriage = ({ at, reason }: RouteCase, from: string, to: string, state: Case): readonly CaseEvent[] => [
  { type: 'CaseHandOversUsedUp', at, data: { from, to, handOvers: state.handOvers } },
  ...endLeg(state, at, 'transferred'),
  routed(at, { department: null, because: 'staff', rulesVersion: null }, reason),
];

/** Within so many hours of its arrival, the last instant included, a misroute can be charged to who sent it. */
function giveBack({ at, reason, note, withinHours }: ReturnCase, state: Case): readonly CaseEvent[] {
  const { leg } = state;
  assert(leg !== null, 'a case that a department has is on its leg');
  const isWithinHours = withinHours !== null && msOf(at) - msOf(leg.startedAt) <= withinHours * HOUR_MS;
  return [
    { type: 'CaseReturned', at, data: { department: leg.department, reason, isWithinHours, note } },
    ...endLeg(state, at, 'returned'),
    routed(at, { department: null, because: 'staff', rulesVersion: null }),
  ];
}

/** A return within its hours, about which nothing was decided yet, is charged to 311. */
const chargeReturn = ({ returned, round }: Case, at: Instant): readonly CaseEvent[] =>
  returned !== null && returned.isWithinHours ? [{ type: 'CaseReturnCharged', at, data: { round, department: returned.department } }] : [];

function revise({ at, dueAt, reason }: ReviseDate, { round }: Case): Decision<CaseEvent> {
  if (dueAt <= at) return reject('DATE_IS_OVER', 'dueAt: must lie in the future');
  return accept<CaseEvent>({ type: 'CasePromiseRevised', at, data: { round, dueAt, reason } });
}

function wait({ at, reason, expectedUntil, pause, note }: WaitCase, state: Case): Decision<CaseEvent> {
  if (expectedUntil <= at) return reject('WAIT_HAS_NO_END', 'expectedUntil: must lie in the future');
  return accept<CaseEvent>(
    { type: 'CaseWaiting', at, data: { reason, expectedUntil, note: note ?? null } },
    ...(pause === null ? [] : pauses(state, at, reason, pause.capMs)),
  );
}

/** Each clock stands still as long as is left of its cap; the promise only for a cause outside the city. */
function pauses(state: Case, at: Instant, reason: string, capMs: number): readonly CaseEvent[] {
  const { promise, leg, round } = state;
  const events: CaseEvent[] = [];
  const left = pauseLeft(state, reason, capMs);
  if (left.promiseMs !== null && left.promiseMs > 0 && promise !== null && !promise.isBreached)
    events.push({ type: 'PromisePaused', at, data: { round, reason, capAt: later(at, left.promiseMs), stopsLeg: false } });
  if (left.legMs !== null && left.legMs > 0 && leg !== null && leg.milestones.some(({ outcome }) => outcome === 'open'))
    events.push({ type: 'LegPaused', at, data: { department: leg.department, reason, capAt: later(at, left.legMs) } });
  return events;
}

const later = (at: Instant, ms: number): Instant => instantOf(msOf(at) + ms);

/** A milestone with a name of its own is reached: a fact of the work, and of the department's clock where it was in time. */
function reach({ at, milestone }: ReachMilestone, state: Case): Decision<CaseEvent> {
  if (!namedMilestones(state).includes(milestone)) {
    const names = namedMilestones(state).join(', ') || 'none';
    return reject('MILESTONE_NOT_OWED', `milestone: must be one that the department's agreement names for this service: ${names}`);
  }
  return accept<CaseEvent>({ type: 'CaseMilestoneReached', at, data: { milestone } }, ...met(state, at, milestone));
}

function resumePromise({ promise, round }: Case, at: Instant): readonly CaseEvent[] {
  if (promise === null || !isPaused(promise.clock)) return [];
  return [{ type: 'PromiseResumed', at, data: { round, ...schedule(resumeClock(promise.clock, at)) } }];
}

/** A leg that stands still with the promise, as in cases of earlier releases, runs again with it. */
function resumeLeg({ leg }: Case, at: Instant): readonly CaseEvent[] {
  return leg === null || leg.pause === null || leg.pause.capAt === null ? [] : [legResumed(leg, at)];
}

function reopen({ at, reason, terms }: ReopenCase, state: Case): readonly CaseEvent[] {
  const round = state.round + 1;
  const agreed = scheduled(startedAt(terms, at));
  return [
    { type: 'CaseReopened', at, data: { round, reason } },
    ...promise(at, round, state.department, agreed),
    ...leg(at, state.department, agreed),
  ];
}

function departmentOf({ department }: Case): string {
  assert(department !== null, 'a case outside triage has a department');
  return department;
}

function outcomeOf({ outcome }: Case): NonNullable<Case['outcome']> {
  assert(outcome !== null, 'a resolved case has an outcome');
  return outcome;
}
