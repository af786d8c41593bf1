import { msOf } from '@onedoor/kernel';
import type { Target, Warning } from '@onedoor/sla';
import {
  assess,
  clock,
  hours,
  legStarted,
  opened,
  promised,
  resolve,
  resume,
  routed,
  start,
  terms,
  wait,
  cap,
  type ResolveTerms,
} from '../../test/case.fixtures.js';
import { DUE_LIST, type DueListEntry } from './due-list.js';
import type { CaseCommand } from './command.js';
import { caseDecider } from './decider.js';
import type { CaseEvent } from './events.js';
import { nextMilestone } from './milestones.js';

/** What a case with such a promise goes through, command by command. */
const live = (target: Target, warnings: readonly Warning[], ...commands: readonly CaseCommand[]): readonly CaseEvent[] =>
  liveUnder(terms({ target, warnings }), ...commands);

function liveUnder(agreed: ResolveTerms, ...commands: readonly CaseCommand[]): readonly CaseEvent[] {
  const events: CaseEvent[] = [opened(), routed(), promised({ terms: agreed }), legStarted({ terms: agreed })];
  for (const command of commands) {
    const decision = caseDecider.decide(command, events.reduce(caseDecider.evolve, caseDecider.initial));
    if (decision.outcome === 'rejected') throw new Error(decision.code);
    events.push(...decision.events);
  }
  return events;
}

const instantsOf = (events: readonly CaseEvent[]): readonly number[] => events.map(({ at }) => msOf(at));
const inOrder = (instants: readonly number[]): readonly number[] => [...instants].sort((one, other) => one - other);

const pause = (from: number, to: number): readonly CaseCommand[] => [
  wait({ at: hours(from), expectedUntil: hours(to + 1), pause: cap(to + 1 - from) }),
  resume({ at: hours(to) }),
];

describe('time does not run backwards in the stream of a case that was paused', () => {
  it('before anything came due', () => {
    const instants = instantsOf(live({ amount: 24, unit: 'elapsed_hours' }, [{ fraction: 0.5 }], ...pause(3, 30), assess(hours(1_000))));
    expect(instants).toEqual(inOrder(instants));
  });

  it('from the very instant of a warning on', () => {
    const instants = instantsOf(live({ amount: 24, unit: 'elapsed_hours' }, [{ fraction: 0.5 }], ...pause(12, 14), assess(hours(1_000))));
    expect(instants).toEqual(inOrder(instants));
  });

  it('from the very instant it was due on', () => {
    const instants = instantsOf(live({ amount: 24, unit: 'elapsed_hours' }, [], ...pause(24, 26), assess(hours(1_000))));
    expect(instants).toEqual(inOrder(instants));
  });

  it('over a night, with a warning that is a lead on the due instant', () => {
    // Paused on Monday at 16:00 with two open hours left, resumed on Tuesday at 09:00: the lead of ten hours lies in the night.
    const instants = instantsOf(live({ amount: 9, unit: 'business_hours' }, [{ leadMinutes: 600 }], ...pause(7, 24), assess(hours(1_000))));
    expect(instants).toEqual(inOrder(instants));
  });

  it('on the day it was due, with a target of days', () => {
    // Due on Tuesday at 9:00; paused at 8:00 and resumed at 11:00 of that day, which begins no business day.
    const instants = instantsOf(live({ amount: 1, unit: 'business_days' }, [], ...pause(23, 26), assess(hours(1_000))));
    expect(instants).toEqual(inOrder(instants));
  });
});

describe('warnings of a promise that was paused', () => {
  const dueSoonOf = (events: readonly CaseEvent[]) => events.flatMap((event) => (event.type === 'PromiseDueSoon' ? [event.at] : []));

  it('those already given are not given again', () => {
    const events = live(
      { amount: 24, unit: 'elapsed_hours' },
      [{ fraction: 0.25 }, { fraction: 0.75 }],
      start({ at: hours(7) }),
      ...pause(8, 10),
      assess(hours(1_000)),
    );
    expect(dueSoonOf(events)).toEqual([hours(6), hours(20)]);
  });

  it('each is given once, even where the pause turns their order round', () => {
    // Eight open hours of Monday: the lead of two at 15:00, given; 85 % at 15:48. After a pause from 15:30 to 16:30 the latter
    // comes at 16:48, and the due instant only on Tuesday: a lead counted again would now be the second.
    const warnings: readonly Warning[] = [{ leadMinutes: 120 }, { fraction: 0.85 }];
    const events = live({ amount: 8, unit: 'business_hours' }, warnings, ...pause(6.5, 7.5), assess(hours(1_000)));
    expect(dueSoonOf(events)).toEqual([hours(6), hours(7.8)]);
    expect(events.flatMap((event) => (event.type === 'PromiseDueSoon' ? [event.data.warning] : []))).toEqual([0, 1]);
  });
});

describe('a promise that was paused over the instant at which it was due', () => {
  it('has as much time left at the resume as it had at the pause', () => {
    // Due on Tuesday at 10:00; paused 9:00 to 11:00.
    const started = clock({ target: { amount: 1, unit: 'business_days' }, startedAt: hours(1), warnings: [] });
    const events = liveUnder({ agreementVersion: 1, clock: started, milestones: [] }, ...pause(24, 26), resolve({ at: hours(27) }));
    expect(events.slice(-5)).toMatchObject([
      { type: 'PromiseResumed', at: hours(26), data: { dueAt: hours(27) } },
      { type: 'LegResumed', at: hours(26), data: { milestones: [{ milestone: 'resolve', dueAt: hours(27) }] } },
      { type: 'CaseResumed', at: hours(26) },
      { type: 'LegEnded', data: { onTime: true } },
      { type: 'CaseResolved', data: { onTime: true } },
    ]);
  });
});

describe('a promise of an earlier release that was overdue when it ran again', () => {
  const agreed = {
    agreementVersion: 1,
    milestones: [],
    clock: { ...clock({ target: { amount: 1, unit: 'business_days' }, warnings: [] }), reckoning: 'by_date' as const },
  };

  it('was not kept, however soon it was resolved then', () => {
    const events = liveUnder(agreed, ...pause(23, 26), resolve({ at: hours(26) }));
    expect(events.slice(-3)).toMatchObject([
      { type: 'PromiseBreached', data: { dueAt: hours(24) } },
      { type: 'LegEnded', data: { onTime: false } },
      { type: 'CaseResolved', data: { onTime: false } },
    ]);
  });

  it('is due in the list when it is in the case: as it runs again', () => {
    const events = liveUnder(agreed, ...pause(23, 26));
    const state = events.reduce(caseDecider.evolve, caseDecider.initial);
    const entry = events.reduce<DueListEntry | null>(
      (document, event) => DUE_LIST.evolve(document, { ...event, stream: 'case-1' } as Parameters<typeof DUE_LIST.evolve>[1]),
      null,
    );
    expect(entry).toMatchObject({ nextAt: hours(26), promise: { runsSince: hours(26), dueAt: hours(24) }, leg: null });
    expect(state.exists && nextMilestone(state)).toMatchObject({ dueAt: hours(24), event: { type: 'PromiseBreached', at: hours(26) } });
  });
});
