import { CASE_CLOSED, CASE_REOPENED, CASE_RESOLVED, PROMISE_BREACHED, PROMISE_DUE_SOON, type PublicEvent } from '@onedoor/contracts';
import { given } from '@onedoor/testkit';
import fc from 'fast-check';
import { OVERDUE_FLAG, reactToRouting, type OverdueCommand, type OverdueEvent } from './overdue-flag.js';

const at = '2026-03-04T14:00:00.000Z';
const raise = (round: number): OverdueCommand => ({ type: 'RaiseOverdue', at, round, department: 'works', dueAt: at });
const clear = (round: number): OverdueCommand => ({ type: 'ClearOverdue', at, round });
const raised = (round: number): OverdueEvent => ({ type: 'OverdueRaised', at, data: { round, department: 'works', dueAt: at } });
const cleared = (round: number): OverdueEvent => ({ type: 'OverdueCleared', at, data: { round } });

const { decider } = OVERDUE_FLAG;

describe('the flag of a case', () => {
  it('is raised by a breach, and cleared when the work ends', () => {
    given(decider).when(raise(1)).then(raised(1));
    given(decider, raised(1)).when(clear(1)).then(cleared(1));
  });

  it('is raised anew by the breach of a later round, and by no earlier one', () => {
    given(decider, raised(1), cleared(1)).when(raise(2)).then(raised(2));
    given(decider, raised(2)).when(raise(1)).thenNothing();
    given(decider, raised(2)).when(clear(1)).thenNothing();
  });

  it('stays as it is where the same is told again', () => {
    given(decider, raised(1)).when(raise(1)).thenNothing();
    given(decider, raised(1), cleared(1)).when(raise(1)).thenNothing();
    given(decider).when(clear(1)).thenNothing();
  });

  it('is raised and cleared at most once a round, in turn, whatever is told in whichever order', () => {
    const told = fc.array(fc.tuple(fc.constantFrom(raise, clear), fc.integer({ min: 1, max: 4 })), { maxLength: 20 });
    fc.assert(
      fc.property(told, (commands) => {
        const events: OverdueEvent[] = [];
        let state = decider.initial;
        for (const [command, round] of commands) {
          const decision = decider.decide(command(round), state);
          if (decision.outcome === 'rejected') throw new Error(decision.code);
          events.push(...decision.events);
          state = decision.events.reduce(decider.evolve, state);
        }
        const kinds = events.map(({ type, data: { round } }) => `${type} ${round}`);
        expect(new Set(kinds).size).toBe(kinds.length);
        const cleared = events.flatMap(({ type, data: { round } }) => (type === 'OverdueCleared' ? [round] : []));
        for (const round of cleared) expect(kinds.indexOf(`OverdueRaised ${round}`)).toBe(kinds.indexOf(`OverdueCleared ${round}`) - 1);
      }),
    );
  });
});

describe('what routing tells', () => {
  const react = (type: string, data: object): unknown =>
    reactToRouting({ type, subject: '3D7K2F9QXM4', time: at, data } as PublicEvent).map(({ id, command }) => ({ id, ...command }));

  it('leads to a flag where a promise was breached, and to none before', () => {
    const told = { round: 1, department: null, dueAt: at };
    expect(react(PROMISE_BREACHED, told)).toEqual([{ id: '3D7K2F9QXM4', type: 'RaiseOverdue', ...told }]);
    expect(react(PROMISE_DUE_SOON, told)).toEqual([]);
  });

  it('clears it where the work ended late; what was done in time, or was never promised, had none', () => {
    const told = { round: 2, outcome: 'fixed', department: 'works' };
    expect(react(CASE_RESOLVED, { ...told, onTime: false })).toEqual([{ id: '3D7K2F9QXM4', type: 'ClearOverdue', round: 2 }]);
    for (const onTime of [true, null]) expect(react(CASE_RESOLVED, { ...told, onTime })).toEqual([]);
    expect(react(CASE_CLOSED, { round: 2, outcome: 'fixed' })).toEqual([]);
  });

  it('clears the flag of a round that was corrected, and of none that is only followed by another', () => {
    expect(react(CASE_REOPENED, { round: 3, isCorrection: true })).toEqual([{ id: '3D7K2F9QXM4', type: 'ClearOverdue', round: 2 }]);
    expect(react(CASE_REOPENED, { round: 3 })).toEqual([]);
  });
});
