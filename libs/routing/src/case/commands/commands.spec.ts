import { allowedActions, authorityMatrix, NoBody, type AnyCommandSet } from '@onedoor/engine';
import type { Principal, Role } from '@onedoor/kernel';
import { bodyOf } from '@onedoor/platform';
import { ASSIGNED, CLOSED, hours, IN_PROGRESS, QUEUED, RESOLVED, TRIAGED, WAITING } from '../../../test/case.fixtures.js';
import { COMMAND_NAMES, exampleCommand } from '../../../test/example-commands.js';
import { caseDecider } from '../decider.js';
import type { CaseEvent } from '../events.js';
import type { Case } from '../state.js';
import { CASE_COMMANDS } from './index.js';

const SET = CASE_COMMANDS as unknown as AnyCommandSet;
const STORIES = { TRIAGED, QUEUED, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, CLOSED };
const principal = (role: Role, department: string | null = null): Principal => ({ id: 'x', kind: 'account', role, department });
const after = (events: readonly CaseEvent[]): Case => events.reduce(caseDecider.evolve, caseDecider.initial) as Case;

describe('the commands of a case', () => {
  const withRoute = Object.values(SET.commands).filter(({ roles }) => roles.length > 0);

  it('are those of the transition table, and two of the system', () => {
    expect(Object.keys(SET.commands).sort()).toEqual([...COMMAND_NAMES, 'assess', 'open'].sort());
    expect(withRoute.map(({ name }) => name).sort()).toEqual([...COMMAND_NAMES].sort());
  });

  it.each(Object.entries(SET.commands))('%s is called by its own name', (key, { name }) => {
    expect(name).toBe(key);
  });

  it.each(withRoute)('$name has an example that its own rules let pass', ({ body, example }) => {
    const read = bodyOf<object>(body);
    expect({ ...(read.transform(example, { type: 'body' }) as object) }).toEqual(example);
    if ((body as unknown) !== NoBody)
      expect(() => read.transform({ ...(example as object), unknown: 1 }, { type: 'body' })).toThrow('unknown: there is no such field');
  });

  it('are for departments and 311, and an excuse for 311 alone', () => {
    for (const [route, roles] of authorityMatrix(SET)) {
      expect(roles).toEqual(route.endsWith('/excuse') ? ['router'] : ['department', 'router']);
    }
    expect(authorityMatrix(SET).map(([route]) => route)).toEqual(COMMAND_NAMES.map((name) => `POST /api/v1/cases/:reference/${name}`));
  });
});

describe('what may be done to a case', () => {
  const cells = Object.entries(STORIES).flatMap(([status, story]) => COMMAND_NAMES.map((name) => [status, name, story] as const));

  it.each(cells)('%s, %s: is allowed exactly where the decider does it, and refused for the same reason', async (_status, name, story) => {
    const state = after(story);
    const action = allowedActions(CASE_COMMANDS, state, principal('router')).find((each) => each.name === name);
    const decision = caseDecider.decide(await exampleCommand(name, state), state);
    if (decision.outcome === 'rejected') expect(action?.refusal?.code).toBe(decision.code);
    else if (decision.events.length > 0) expect(action?.refusal).toBeNull();
    // What is already so is nothing to do.
    else expect(action?.refusal).not.toBeNull();
  });

  it('is what the decider accepts once the department accepted it', () => {
    const state = after([...QUEUED, { type: 'CaseAccepted', at: hours(1), data: { department: 'parks' } }]);
    const accept = allowedActions(CASE_COMMANDS, state, principal('router')).find(({ name }) => name === 'accept');
    expect(accept?.refusal).toMatchObject({ code: 'CASE_IS_ACCEPTED' });
  });

  it('is nothing to whom it is not, by role or by department', () => {
    const state = after(QUEUED);
    for (const other of [principal('auditor'), principal('analyst'), principal('department', 'works')])
      expect(allowedActions(CASE_COMMANDS, state, other)).toEqual([]);
    const ofDepartments = COMMAND_NAMES.filter((name) => CASE_COMMANDS.commands[name].roles.includes('department'));
    expect(allowedActions(CASE_COMMANDS, state, principal('department', 'parks')).map(({ name }) => name)).toEqual(ofDepartments);
  });

  it('loses what loses its definition, and nothing else', () => {
    const { reopen: _gone, ...commands } = CASE_COMMANDS.commands;
    const without = { ...CASE_COMMANDS, commands } as unknown as typeof CASE_COMMANDS;
    const names = allowedActions(without, after(CLOSED), principal('router')).map(({ name }) => name);
    expect(names).toEqual(Object.keys(commands).filter((name) => name !== 'open' && name !== 'assess'));
    expect(authorityMatrix(without as unknown as AnyCommandSet)).toHaveLength(COMMAND_NAMES.length - 1);
  });
});
