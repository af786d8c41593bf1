import { CASE_STATUSES, type CaseStatus } from '@onedoor/contracts';
import {
  assess,
  ASSIGNED,
  breached,
  CLOSED,
  hours,
  IN_PROGRESS,
  QUEUED,
  RESOLVED,
  TRIAGED,
  WAITING,
  legEnded,
  legStarted,
  returned,
  routed,
  terms,
} from '../../test/case.fixtures.js';
import { COMMAND_NAMES, exampleCommand } from '../../test/example-commands.js';
import { caseDecider } from './decider.js';
import type { Case } from './state.js';
import type { CaseEvent } from './events.js';
import { TRANSITIONS, type CaseCommandName } from './command.js';

const STORIES: Readonly<Record<CaseStatus, readonly CaseEvent[]>> = {
  triage: TRIAGED,
  queued: QUEUED,
  assigned: ASSIGNED,
  in_progress: IN_PROGRESS,
  waiting: WAITING,
  resolved: RESOLVED,
  closed: CLOSED,
};

const TO_TRIAGE = routed({ department: null, because: 'staff', rulesVersion: null });
const OWED = terms({ owed: { inspect: 20 } });

/** Where a command leads: a status; `same` where it is already so or stays as it is; `no` where it is refused by the status. */
type Leads = CaseStatus | 'same' | 'no';

/** A status or a command that this does not decide does not compile, nor does one that there is not. */
const DECISIONS: Readonly<Record<CaseCommandName, Readonly<Record<CaseStatus, Leads>>>> = {
  transfer: row('queued', 'queued', 'queued', 'queued', 'no', 'no', 'no'),
  accept: row('no', 'same', 'same', 'same', 'no', 'no', 'no'),
  return: row('no', 'triage', 'triage', 'triage', 'no', 'no', 'no'),
  'accept-return': row('same', 'no', 'no', 'no', 'no', 'no', 'no'),
  revise: row('same', 'same', 'same', 'same', 'no', 'no', 'no'),
  assign: row('no', 'assigned', 'assigned', 'in_progress', 'no', 'no', 'no'),
  start: row('no', 'in_progress', 'in_progress', 'same', 'no', 'no', 'no'),
  wait: row('waiting', 'waiting', 'waiting', 'waiting', 'no', 'no', 'no'),
  resume: row('no', 'no', 'no', 'no', 'in_progress', 'no', 'no'),
  resolve: row('resolved', 'resolved', 'resolved', 'resolved', 'no', 'no', 'no'),
  close: row('no', 'no', 'no', 'no', 'no', 'closed', 'same'),
  reopen: row('no', 'no', 'no', 'no', 'no', 'queued', 'queued'),
  reach: row('no', 'same', 'same', 'same', 'no', 'no', 'no'),
  excuse: row('same', 'same', 'same', 'same', 'same', 'same', 'same'),
};

function row(...[triage, queued, assigned, in_progress, waiting, resolved, closed]: readonly [...SevenLeads]): Record<CaseStatus, Leads> {
  return { triage, queued, assigned, in_progress, waiting, resolved, closed };
}
type SevenLeads = [Leads, Leads, Leads, Leads, Leads, Leads, Leads];

const cells = COMMAND_NAMES.flatMap((name) => CASE_STATUSES.map((status) => [status, name, DECISIONS[name][status]] as const));

const fold = (events: readonly CaseEvent[]) => events.reduce((state, event) => caseDecider.evolve(state, event), caseDecider.initial);

describe('a case by its transition table', () => {
  it('is decided for every command and every status, and for nothing else', () => {
    expect(Object.keys(DECISIONS).sort()).toEqual([...COMMAND_NAMES].sort());
    for (const decided of Object.values(DECISIONS)) expect(Object.keys(decided).sort()).toEqual([...CASE_STATUSES].sort());
  });

  it.each(cells)('%s, %s: the transition table allows it where it leads somewhere (%s)', (status, name, leads) => {
    const isAlreadySo = (name === 'start' && status === 'in_progress') || (name === 'close' && status === 'closed');
    expect(TRANSITIONS[status].includes(name)).toBe(leads !== 'no' && !isAlreadySo);
  });

  it.each(CASE_STATUSES)('the story of %s leads there', (status) => {
    expect(fold(STORIES[status])).toMatchObject({ status });
  });

  it.each(cells)('%s, %s: %s', async (status, name, leads) => {
    // A return is accepted where there is one, and another date told where one was promised.
    const inTriage = [...QUEUED, returned({ isWithinHours: true }), legEnded({ because: 'returned' }), TO_TRIAGE];
    // An excuse is for a promise that was broken, so there is one; and a milestone of its own is one that is owed.
    const withMilestone = STORIES[status].map((event) => (event.type === 'LegStarted' ? legStarted({ terms: OWED }) : event));
    const isOfReturned = status === 'triage' && (name === 'accept-return' || name === 'revise');
    const story = isOfReturned ? inTriage : name === 'excuse' && status !== 'triage' ? [...STORIES[status], breached()] : withMilestone;
    const before = fold(story);
    const decision = caseDecider.decide(await exampleCommand(name, before as Case), before);
    if (leads === 'no') expect(decision).toMatchObject({ outcome: 'rejected', code: `CASE_IS_${status.toUpperCase()}` });
    else if (name === 'excuse' && status === 'triage') expect(decision).toMatchObject({ code: 'PROMISE_NOT_BREACHED' });
    else if (decision.outcome === 'rejected') throw new Error(`${status}, ${name}: ${decision.code}`);
    else {
      expect(decision.events.length > 0).toBe(TRANSITIONS[status].includes(name));
      expect(fold([...story, ...decision.events])).toMatchObject({ status: leads === 'same' ? status : leads });
    }
  });

  it.each(CASE_STATUSES)('looking at the clocks of a %s case before anything is due changes nothing', (status) => {
    expect(caseDecider.decide(assess(hours(1)), fold(STORIES[status]))).toEqual({ outcome: 'accepted', events: [] });
  });

  it.each(COMMAND_NAMES)('nothing but opening is possible where there is no case: %s', async (name) => {
    const command = await exampleCommand(name, fold(RESOLVED) as Case);
    expect(caseDecider.decide(command, caseDecider.initial)).toMatchObject({ outcome: 'rejected', code: 'CASE_UNKNOWN' });
  });
});
