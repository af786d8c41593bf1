import {
  breached,
  excused,
  hours,
  milestone,
  promised,
  recordResolution,
  reopened,
  resolved,
  routed,
  sequence,
  submitted,
} from '../../test/analytics.fixtures.js';
import { factDecider } from '../fact/decider.js';
import type { FactEvent } from '../fact/events.js';
import { contributionsOf, VOID_OUTCOMES, type Contribution } from './contribution.js';

const from = (...events: readonly FactEvent[]): readonly Contribution[] =>
  contributionsOf(events.reduce(factDecider.evolve, factDecider.initial));
const place = { service: 'pothole', department: 'works' };
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
    });
    expect(from(submitted(), routed(), promised())).toEqual([
      { name: 'opened', kind: 'opened', day: '2026-03-02', ...place, isPromised: true },
      due('open'),
    ]);
    expect(from(submitted(), routed(), promised(), onTime).slice(1)).toEqual([
      { name: 'closed', kind: 'closed', day: '2026-03-03', ...place, minutes: 1_800 },
      due('met'),
    ]);
    expect(from(submitted(), routed(), promised(), breached()).slice(1)).toEqual([due('missed')]);
    expect(from(submitted(), routed(), promised(), breached(), resolved()).at(-1)).toEqual(due('missed'));
    expect(from(submitted(), routed(), promised(), breached(), excused()).at(-1)).toEqual(due('missed', true));
    expect(from(submitted(), routed(), promised(), breached(), resolved(), excused()).at(-1)).toEqual(due('missed', true));
  });

  it.each(VOID_OUTCOMES)('is a void promise where it ended as %s, on time or not', (outcome) => {
    expect(from(submitted(), routed(), promised(), resolved({ outcome, onTime: true })).at(-1)).toMatchObject({ verdict: 'void' });
    const late = [submitted(), routed(), promised(), breached(), resolved({ outcome })];
    expect(from(...late).at(-1)).toMatchObject({ verdict: 'void' });
    expect(from(...late, excused()).at(-1)).toMatchObject({ verdict: 'void', isExcused: false });
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
