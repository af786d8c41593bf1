import {
  breached,
  excused,
  hours,
  milestone,
  promised,
  recordResolution,
  reopened,
  resolved,
  returnCharged,
  returned,
  revised,
  routed,
  sequence,
  submitted,
} from '../../test/analytics.fixtures.js';
import { factDecider } from '../fact/decider.js';
import type { FactEvent } from '../fact/events.js';
import { VOID_OUTCOMES, type Contribution } from './contribution.js';
import { contributionsOf } from './contributions-of.js';

const from = (...events: readonly FactEvent[]): readonly Contribution[] =>
  contributionsOf(events.reduce(factDecider.evolve, factDecider.initial));
const place = { service: 'pothole', department: 'works' };
const CLOSED = { outcome: 'fixed', isVoid: false, isFirstTime: true };
const onTime = resolved({ onTime: true, resolvedAt: hours(30), resolvedOn: '2026-03-03' });

describe('what a case adds to figures', () => {
  it('is nothing before its submission is known, and triage before it is routed', () => {
    expect(from(routed(), promised())).toEqual([]);
    expect(from(submitted())).toEqual([
      { name: 'opened', kind: 'opened', day: '2026-03-02', service: 'pothole', department: null, isPromised: false },
    ]);
  });

  it('is an open promise until it is kept or broken', () => {
    const due = (verdict: string, isExcused = false): object => ({
      name: 'due.1',
      kind: 'due',
      day: '2026-03-04',
      ...place,
      verdict,
      isExcused,
      newDate: null,
    });
    expect(from(submitted(), routed(), promised())).toEqual([
      { name: 'opened', kind: 'opened', day: '2026-03-02', ...place, isPromised: true },
      due('open'),
    ]);
    expect(from(submitted(), routed(), promised(), onTime).slice(1)).toEqual([
      { name: 'closed', kind: 'closed', day: '2026-03-03', ...place, minutes: 1_800, ...CLOSED },
      due('met'),
    ]);
    expect(from(submitted(), routed(), promised(), breached()).slice(1)).toEqual([due('missed')]);
    expect(from(submitted(), routed(), promised(), breached(), resolved()).at(-1)).toEqual(due('missed'));
    expect(from(submitted(), routed(), promised(), breached(), excused()).at(-1)).toEqual(due('missed', true));
    expect(from(submitted(), routed(), promised(), breached(), resolved(), excused()).at(-1)).toEqual(due('missed', true));
  });

  it.each(VOID_OUTCOMES)('is a void promise where it ended as %s in time, and a missed one where it did so late', (outcome) => {
    const inTime = from(submitted(), routed(), promised(), resolved({ outcome, onTime: true }));
    expect(inTime.at(-1)).toMatchObject({ verdict: 'void', isExcused: false });
    expect(inTime.at(1)).toMatchObject({ kind: 'closed', outcome, isVoid: true });
    const late = [submitted(), routed(), promised(), breached(), resolved({ outcome })];
    expect(from(...late).at(-1)).toMatchObject({ verdict: 'missed', isExcused: false });
    expect(from(...late).at(1)).toMatchObject({ kind: 'closed', outcome, isVoid: false });
    expect(from(...late, excused()).at(-1)).toMatchObject({ verdict: 'missed', isExcused: true });
    expect(from(submitted(), routed(), resolved({ outcome, onTime: null })).at(-1)).toMatchObject({ kind: 'closed', isVoid: true });
  });

  it.each(['no_access', 'declined', 'answered', 'of_a_later_release'])('is kept or broken where it ended as %s', (outcome) => {
    expect(from(submitted(), routed(), promised(), resolved({ outcome, onTime: true })).at(-1)).toMatchObject({ verdict: 'met' });
  });

  it('is fixed the first time, but where it was reopened as not fixed', () => {
    const again = (reason: string) => [submitted(), routed(), resolved({ onTime: null }), reopened({ reason })];
    const end = resolved({ sequence: sequence(9), round: 2, onTime: null });
    const isFirstTime = (reason: string) => from(...again(reason), end).find(({ kind }) => kind === 'closed');
    expect(isFirstTime('not_fixed')).toMatchObject({ isFirstTime: false });
    expect(isFirstTime('came_back')).toMatchObject({ isFirstTime: true });
    expect(from(submitted(), routed(), resolved({ onTime: null })).at(-1)).toMatchObject({ kind: 'closed', isFirstTime: true });
  });

  it('is judged by its promise, and beside it by the date that the reporter was told instead', () => {
    const told = [submitted(), routed(), promised(), revised(), breached()];
    const due = (...more: readonly FactEvent[]) => from(...told, ...more).at(-1);
    expect(due()).toMatchObject({ day: '2026-03-04', verdict: 'missed', newDate: 'not_kept' });
    expect(due(resolved({ resolvedAt: hours(60) }))).toMatchObject({ verdict: 'missed', newDate: 'kept' });
    expect(due(resolved({ resolvedAt: hours(60.001) }))).toMatchObject({ verdict: 'missed', newDate: 'not_kept' });
    const kept = [submitted(), routed(), promised(), revised(), resolved({ onTime: true, resolvedAt: hours(30) })];
    expect(from(...kept).at(-1)).toMatchObject({ verdict: 'met', newDate: 'kept' });
    expect(from(...kept.slice(0, -1), resolved({ onTime: true, outcome: 'invalid' })).at(-1)).toMatchObject({
      verdict: 'void',
      newDate: null,
    });
    expect(from(submitted(), routed(), promised(), onTime).at(-1)).toMatchObject({ newDate: null });
  });

  it('moves the date that was told by a pause that moves the promise beyond it, and by no other', () => {
    const after = (dueAt: string) => {
      const moved = promised({ sequence: sequence(8), dueAt });
      return from(submitted(), routed(), promised(), revised(), moved, resolved({ onTime: true, resolvedAt: hours(65) })).at(-1);
    };
    expect([after(hours(50)), after(hours(70))]).toMatchObject([{ newDate: 'not_kept' }, { newDate: 'kept' }]);
  });

  it('is each return of a department, and whether the last one is charged to 311', () => {
    const twice = [submitted(), routed(), returned(), returned({ sequence: sequence(10), returnedOn: '2026-03-05' })];
    const returns = (...events: readonly FactEvent[]) => from(...events).filter(({ kind }) => kind === 'returned');
    expect(returns(...twice, routed({ department: null }))).toEqual([
      { name: 'returned.1.0', kind: 'returned', day: '2026-03-02', ...place, isCharged: false },
      { name: 'returned.1.1', kind: 'returned', day: '2026-03-05', ...place, isCharged: false },
    ]);
    const charged = returns(...twice, returnCharged({ sequence: sequence(11) }));
    expect(charged).toMatchObject([{ isCharged: false }, { isCharged: true }]);
    expect(returns(...twice, returnCharged({ sequence: sequence(11), department: 'parks' }))).toMatchObject([{ isCharged: false }, {}]);
  });

  it('leaves a broken promise with the department that had it when it fell due, and takes the rest along', () => {
    const handedOver = routed({ sequence: sequence(4), department: 'parks' });
    expect(from(submitted(), routed(), promised(), breached(), handedOver)).toMatchObject([
      { name: 'opened', department: 'parks' },
      { name: 'due.1', department: 'works', verdict: 'missed' },
    ]);
    expect(from(submitted(), routed(), promised(), handedOver).at(-1)).toMatchObject({ department: 'parks', verdict: 'open' });
    expect(from(submitted(), routed(), promised(), breached({ heldBy: { department: null } })).at(-1)).toMatchObject({ department: null });
  });

  it('of an earlier release leaves it with the department that had it when the breach was told', () => {
    const told = [submitted(), routed(), promised(), breached({ heldBy: null }), routed({ sequence: sequence(4), department: 'parks' })];
    expect(from(...told).at(-1)).toMatchObject({ department: 'works', verdict: 'missed' });
  });

  it('is each milestone of a department beside the resolution, where it fell due, whoever has the case now', () => {
    const missed = milestone({ sequence: sequence(8), department: 'parks', milestone: 'start', isMet: false, dueOn: '2026-03-05' });
    expect(from(submitted(), routed(), milestone(), missed).slice(1)).toEqual([
      { name: 'milestone.1.0', kind: 'milestone', day: '2026-03-02', ...place, isMet: true },
      { name: 'milestone.1.1', kind: 'milestone', day: '2026-03-05', service: 'pothole', department: 'parks', isMet: false },
    ]);
  });

  it('counts a moved promise where it falls due now', () => {
    const moved = promised({ sequence: sequence(3), dueAt: hours(100), dueOn: '2026-03-06' });
    expect(from(submitted(), routed(), promised(), moved).slice(1)).toMatchObject([{ name: 'due.1', day: '2026-03-06' }]);
  });

  it('has no closing while it is open again, keeps the verdict of the first round, and is closed by the last', () => {
    const again = [submitted(), routed(), promised(), onTime, reopened()];
    expect(from(...again).map(({ name }) => name)).toEqual(['opened', 'due.1']);
    const {
      type: _type,
      at,
      ...last
    } = recordResolution({
      sequence: sequence(8),
      round: 2,
      department: 'parks',
      onTime: null,
      resolvedAt: hours(96),
      resolvedOn: '2026-03-06',
    });
    expect(from(...again, { type: 'FactResolved', at, data: last })).toMatchObject([
      { name: 'opened', department: 'parks' },
      { name: 'closed', department: 'parks', day: '2026-03-06', minutes: 96 * 60 },
      { name: 'due.1', department: 'works', verdict: 'met' },
    ]);
  });

  it('is what its record says since a correction: no round before it counts', () => {
    const corrected = [submitted(), routed(), promised(), breached(), resolved(), reopened({ isCorrection: true })];
    expect(from(...corrected)).toEqual([{ name: 'opened', kind: 'opened', day: '2026-03-02', ...place, isPromised: false }]);
    const promise = promised({ sequence: sequence(8), round: 2 });
    expect(from(...corrected, promise).map(({ name, kind }) => [name, kind])).toEqual([
      ['opened', 'opened'],
      ['due.2', 'due'],
    ]);
  });
});
