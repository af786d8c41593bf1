import { PROMISE_BREACHED } from '@onedoor/contracts';
import { given } from '@onedoor/testkit';
import {
  breached,
  CLOSED,
  dueSoon,
  hours,
  IN_PROGRESS,
  legEnded,
  legStarted,
  monday,
  placement,
  promised,
  QUEUED,
  terms,
  TRIAGED,
  WAITING,
} from '../../test/case.fixtures.js';
import type { CorrectCase } from './command.js';
import { caseDecider } from './decider.js';
import type { CaseEvent } from './events.js';
import { publishCase } from './publish.js';

const correct = (draft: Partial<CorrectCase> = {}): CorrectCase => ({
  type: 'CorrectCase',
  at: hours(90),
  changedAt: hours(20),
  placement: placement({ terms: terms({ startedAt: monday }) }),
  ending: null,
  until: hours(22),
  ...draft,
});
const ended = (at: string) => ({ at, outcome: 'fixed', note: null }) as const;
const decided = (story: readonly CaseEvent[], command: CorrectCase): readonly CaseEvent[] => {
  const decision = caseDecider.decide(command, story.reduce(caseDecider.evolve, caseDecider.initial));
  if (decision.outcome === 'rejected') throw new Error(decision.code);
  return decision.events;
};
const after = (story: readonly CaseEvent[], command: CorrectCase) =>
  [...story, ...decided(story, command)].reduce(caseDecider.evolve, caseDecider.initial);

describe('the correction of a case', () => {
  it('begins a round under the promise of the record, which runs from its opening', () => {
    given(caseDecider, ...CLOSED)
      .when(correct())
      .then(
        { type: 'CaseReopened', at: hours(20), data: { round: 2, reason: 'record_corrected' } },
        { type: 'CaseRouted', at: hours(20), data: { department: 'parks', because: 'rules', rulesVersion: 3, reason: null } },
        promised({ round: 2, terms: terms({ startedAt: monday }) }),
        legStarted({ at: hours(20), terms: terms({ startedAt: hours(20) }) }),
        dueSoon({ at: hours(18), round: 2 } as never),
      );
  });

  it('breaches the promise at its due instant where the record was open then, and not where it had ended', () => {
    const breaches = (command: CorrectCase) => decided(QUEUED, command).filter(({ type }) => type === 'PromiseBreached');
    expect(breaches(correct({ until: hours(24) }))).toEqual([breached({ at: hours(24), round: 2 })]);
    expect(breaches(correct({ until: hours(23) }))).toEqual([]);
    expect(breaches(correct({ changedAt: hours(80), until: hours(90) }))).toEqual([breached({ at: hours(24), round: 2 })]);
    expect(breaches(correct({ ending: ended(hours(24)) }))).toEqual([]);
    expect(breaches(correct({ ending: ended(hours(25)) }))).toEqual([breached({ at: hours(24), round: 2 })]);
  });

  it('tells of a promise that was over before the record was changed as broken by its department, which had it from the opening', () => {
    const command = correct({ changedAt: hours(80), until: hours(90) });
    let state = QUEUED.reduce(caseDecider.evolve, caseDecider.initial);
    const told = decided(QUEUED, command).flatMap((event) => {
      state = caseDecider.evolve(state, event);
      return event.type === 'PromiseBreached' ? publishCase(event, state) : [];
    });
    expect(told).toMatchObject([{ type: PROMISE_BREACHED, data: { round: 2, department: 'parks', dueAt: hours(24) } }]);
  });

  it('takes back a breach that was none: the record had ended before', () => {
    const late = [...QUEUED, dueSoon({ at: hours(18) }), breached({ at: hours(24) })];
    const state = after(late, correct({ ending: ended(hours(10)), changedAt: hours(10) }));
    expect(state).toMatchObject({
      status: 'closed',
      round: 2,
      outcome: 'fixed',
      breachedAt: null,
      leg: null,
      promise: { isBreached: false },
    });
    expect(decided(late, correct({ ending: ended(hours(10)) })).at(-2)).toMatchObject({
      type: 'CaseResolved',
      at: hours(10),
      data: { onTime: true },
    });
  });

  it('ends the leg of the department that had it, and begins one of the other', () => {
    const works = placement({ department: 'works', terms: terms({ startedAt: monday, agreementVersion: 7 }) });
    const events = decided(IN_PROGRESS, correct({ placement: works }));
    expect(events[0]).toEqual(legEnded({ at: hours(20), because: 'transferred' }));
    expect(after(IN_PROGRESS, correct({ placement: works }))).toMatchObject({
      status: 'queued',
      department: 'works',
      leg: { department: 'works', startedAt: hours(20) },
    });
  });

  it.each([
    ['triage', TRIAGED],
    ['waiting', WAITING],
    ['closed', CLOSED],
  ])('is possible in each status: %s', (_status, story) => {
    expect(after(story, correct())).toMatchObject({ status: 'queued', waitingFrom: null, round: 2, promise: { isBreached: false } });
    expect(after(story, correct({ ending: ended(hours(21)) }))).toMatchObject({ status: 'closed', round: 2 });
  });

  it('may end without a department, with nothing promised', () => {
    const triage = placement({ department: null, because: 'fallback', terms: null });
    expect(decided(QUEUED, correct({ placement: triage, ending: ended(hours(21)) })).at(-2)).toMatchObject({
      type: 'CaseResolved',
      data: { department: null, onTime: null },
    });
  });
});
