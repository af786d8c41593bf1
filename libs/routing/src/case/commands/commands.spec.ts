import { allowedActions, authorityMatrix, NoBody, type AnyCommandSet } from '@onedoor/engine';
import { ROLES, type Principal, type Role } from '@onedoor/kernel';
import { bodyOf } from '@onedoor/platform';
import {
  ASSIGNED,
  breached,
  CLOSED,
  hours,
  IN_PROGRESS,
  legEnded,
  legStarted,
  promised,
  QUEUED,
  reopened,
  RESOLVED,
  returned,
  routed,
  TRIAGED,
  WAITING,
} from '../../../test/case.fixtures.js';
import { COMMAND_NAMES, exampleCommand } from '../../../test/example-commands.js';
import { atInstant, caseDecider } from '../decider.js';
import type { CaseEvent } from '../events.js';
import type { Case } from '../state.js';
import { CASE_COMMANDS } from './index.js';

const SET = CASE_COMMANDS as unknown as AnyCommandSet;
const STORIES = { TRIAGED, QUEUED, ASSIGNED, IN_PROGRESS, WAITING, RESOLVED, CLOSED };
const principal = (role: Role, department: string | null = null): Principal => ({ id: 'x', kind: 'account', role, department });
const after = (events: readonly CaseEvent[]): Case => events.reduce(caseDecider.evolve, caseDecider.initial) as Case;

describe('the commands of a case', () => {
  const withRoute = Object.values(SET.commands).filter(({ roles }) => roles.length > 0);

  it('are those of the transition table, and three of the system', () => {
    expect(Object.keys(SET.commands).sort()).toEqual([...COMMAND_NAMES, 'assess', 'correct', 'open'].sort());
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

  it('are for departments and 311; to excuse and to accept a return is for 311 alone', () => {
    for (const [route, roles] of authorityMatrix(SET)) {
      expect(roles).toEqual(/\/(excuse|accept-return)$/.test(route) ? ['router'] : ['department', 'router']);
    }
    expect(authorityMatrix(SET).map(([route]) => route)).toEqual(COMMAND_NAMES.map((name) => `POST /api/v1/cases/:reference/${name}`));
  });
});

describe('what may be done to a case', () => {
  const accepted = { type: 'CaseAccepted', at: hours(0), data: { department: 'parks' } } as const;
  const excused = { type: 'CaseBreachExcused', at: hours(0), data: { round: 1, reason: 'outside_city_control' } } as const;
  /** Each status, as it is and with what else a refusal may depend on. */
  const RETURNED = [
    ...QUEUED,
    returned({ isWithinHours: true }),
    legEnded({ because: 'returned' }),
    routed({ department: null, because: 'staff' }),
  ];
  const promisedIn = { ...STORIES, TRIAGED: RETURNED };
  const situations = [
    ['TRIAGED, with nothing promised', TRIAGED] as const,
    ...Object.entries(promisedIn).flatMap(([status, story]) => [
      [status, story] as const,
      [`${status} with a breach`, [...story, breached({ at: hours(0) })]] as const,
      [`${status} with an excused breach`, [...story, breached({ at: hours(0) }), excused]] as const,
    ]),
    ...[QUEUED, ASSIGNED, IN_PROGRESS].map((story, index) => [`accepted, ${index}`, [...story, accepted]] as const),
    ['of a later round', [...CLOSED, reopened(), promised({ round: 2 }), legStarted()]] as const,
  ];
  const principals = [...ROLES.filter((role) => role !== 'department').map((role) => principal(role)), principal('department', 'parks')];
  const cells = situations.flatMap(([situation, story]) => COMMAND_NAMES.map((name) => [situation, name, story] as const));

  it.each(cells)(
    '%s, %s: is what the command answers, for each role, now and when its promise has been broken',
    async (_of, name, story) => {
      for (const at of [hours(1), hours(30)]) {
        const state = after(story);
        const command = { ...(await exampleCommand(name, state, at)), edition: state.edition };
        const decision = caseDecider.decide(command, state);
        const answered = decision.outcome === 'rejected' ? decision.code : null;
        const described = [...CASE_COMMANDS.refusalsOf(name), ...Object.keys(CASE_COMMANDS.commands[name].refusals ?? {})];
        if (answered !== null) expect(described).toContain(answered);
        for (const asker of principals) {
          const action = allowedActions(CASE_COMMANDS, atInstant(state, at), asker).find((each) => each.name === name);
          const mayAsk = CASE_COMMANDS.commands[name].roles.includes(asker.role) && CASE_COMMANDS.mayAct?.(asker, state) === null;
          expect([asker.role, action && { code: action.refusal?.code ?? null }]).toEqual([
            asker.role,
            mayAsk ? { code: answered } : undefined,
          ]);
        }
      }
    },
  );

  it('is refused by every code that is described, in some situation', () => {
    const states = situations.map(([, story]) => after(story));
    for (const name of COMMAND_NAMES) {
      const codes = new Set(states.map((state) => CASE_COMMANDS.refusal(name, state)?.code));
      expect([name, CASE_COMMANDS.refusalsOf(name).filter((code) => !codes.has(code))]).toEqual([name, []]);
    }
  });

  it('is nothing again for a message that asks for what is already so, and refused to staff who have seen it', async () => {
    for (const [name, story] of [
      ['accept', [...QUEUED, accepted]],
      ['start', IN_PROGRESS],
      ['close', CLOSED],
      ['excuse', [...QUEUED, breached(), excused]],
    ] as const) {
      const state = after(story);
      const command = await exampleCommand(name, state);
      expect([name, caseDecider.decide(command, state)]).toEqual([name, { outcome: 'accepted', events: [] }]);
      expect([name, caseDecider.decide({ ...command, edition: state.edition }, state)]).toEqual([name, CASE_COMMANDS.refusal(name, state)]);
    }
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
    expect(names).toEqual(Object.keys(commands).filter((name) => !['open', 'assess', 'correct'].includes(name)));
    expect(authorityMatrix(without as unknown as AnyCommandSet)).toHaveLength(COMMAND_NAMES.length - 1);
  });
});
