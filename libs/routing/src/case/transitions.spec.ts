import { CASE_STATUSES, type CaseStatus } from '@onedoor/contracts';
import { assess, ASSIGNED, CLOSED, hours, IN_PROGRESS, QUEUED, RESOLVED, TRIAGED, WAITING } from '../../test/case.fixtures.js';
import { COMMAND_NAMES, exampleCommand } from '../../test/example-commands.js';
import { caseDecider } from './decider.js';
import type { Case } from './state.js';
import type { CaseEvent } from './events.js';
import type { CaseCommandName } from './command.js';

const STORIES: Readonly<Record<CaseStatus, readonly CaseEvent[]>> = {
  triage: TRIAGED,
  queued: QUEUED,
  assigned: ASSIGNED,
  in_progress: IN_PROGRESS,
  waiting: WAITING,
  resolved: RESOLVED,
  closed: CLOSED,
};

/** The status that a command leads to; `=` where it is already so; `no` where it is refused as `CASE_IS_<STATUS>`. */
const TABLE = `
            | transfer | accept      | return | assign      | start       | wait    | resume      | resolve  | close  | reopen
triage      | queued | no          | no     | no          | no          | waiting | no          | resolved | no     | no
queued      | queued | queued      | triage | assigned    | in_progress | waiting | no          | resolved | no     | no
assigned    | queued | assigned    | triage | assigned    | in_progress | waiting | no          | resolved | no     | no
in_progress | queued | in_progress | triage | in_progress | =           | waiting | no          | resolved | no     | no
waiting     | no     | no          | no     | no          | no          | no      | in_progress | no       | no     | no
resolved    | no     | no          | no     | no          | no          | no      | no          | no       | closed | queued
closed      | no     | no          | no     | no          | no          | no      | no          | no       | =      | queued
`;

const [header = [], ...rows] = TABLE.trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()));
const actions = header.slice(header[0] === '' ? 1 : 0);
const cells = rows.flatMap(([status, ...outcomes]) =>
  outcomes.map((outcome, index) => [status, actions[index], outcome] as [CaseStatus, CaseCommandName, string]),
);

const fold = (events: readonly CaseEvent[]) => events.reduce((state, event) => caseDecider.evolve(state, event), caseDecider.initial);

describe('a case by its transition table', () => {
  it('the table has every status, and commands that there are', () => {
    expect(rows.map(([status]) => status)).toEqual(CASE_STATUSES);
    expect(COMMAND_NAMES).toEqual(expect.arrayContaining(actions as CaseCommandName[]));
  });

  it.each(CASE_STATUSES)('the story of %s leads there', (status) => {
    expect(fold(STORIES[status])).toMatchObject({ status });
  });

  it.each(cells)('%s, %s: %s', async (status, action, outcome) => {
    const before = fold(STORIES[status]);
    const decision = caseDecider.decide(await exampleCommand(action, before as Case), before);
    if (outcome === 'no') expect(decision).toMatchObject({ outcome: 'rejected', code: `CASE_IS_${status.toUpperCase()}` });
    else if (outcome === '=') expect(decision).toEqual({ outcome: 'accepted', events: [] });
    else if (decision.outcome === 'rejected') throw new Error(`${status}, ${action}: ${decision.code}`);
    else {
      expect(decision.events).not.toHaveLength(0);
      expect(fold([...STORIES[status], ...decision.events])).toMatchObject({ status: outcome });
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
