import { givenOf } from '@onedoor/testkit';
import { HOUR_MS } from '@onedoor/kernel';
import fc from 'fast-check';
import {
  acceptWork,
  assess,
  breached,
  cap,
  dueSoon,
  hours,
  justAfter,
  legEnded,
  legMet,
  legMissed,
  legPaused,
  legResumed,
  legStarted,
  opened,
  paused,
  placement,
  promised,
  promiseResumed,
  QUEUED,
  reach,
  reached,
  reopen,
  resolve,
  resolved,
  resume,
  resumed,
  route,
  routed,
  start,
  started,
  terms,
  TRIAGE,
  wait,
  waiting,
} from '../../test/case.fixtures.js';
import { isInsideCity } from '../agreement/pause-reasons.js';
import type { CaseCommand } from './command.js';
import { caseDecider } from './decider.js';
import type { CaseEvent } from './events.js';
import { pauseLeft } from './pause-left.js';
import type { Case } from './state.js';

const given = givenOf(caseDecider);

/** What commands lead to, one after the other, on a case as it is opened. */
function live(
  story: readonly CaseEvent[],
  ...commands: readonly CaseCommand[]
): { readonly events: readonly CaseEvent[]; readonly state: Case } {
  const events = [...story];
  for (const command of commands) {
    const decision = caseDecider.decide(command, events.reduce(caseDecider.evolve, caseDecider.initial));
    if (decision.outcome === 'rejected') throw new Error(decision.code);
    events.push(...decision.events);
  }
  return { events, state: events.reduce(caseDecider.evolve, caseDecider.initial) as Case };
}

const waitFor = (reason: string, from: number, to: number, capHours: number): readonly CaseCommand[] => [
  wait({ at: hours(from), reason, expectedUntil: hours(to + 100), pause: cap(capHours) }),
  resume({ at: hours(to) }),
];

describe("a pause's cap", () => {
  const capsOf = (events: readonly CaseEvent[], type: 'PromisePaused' | 'LegPaused') =>
    events.flatMap((event) => (event.type === type ? [event.data.capAt] : []));

  it('is used up across the waits of a round, each reason by itself', () => {
    const { events, state } = live(
      QUEUED,
      ...waitFor('weather', 1, 4, 8),
      ...waitFor('access', 5, 7, 8),
      ...waitFor('weather', 10, 14, 8),
      ...waitFor('weather', 15, 15.5, 8),
    );
    const caps = [hours(9), hours(13), hours(15), hours(16)];
    expect(capsOf(events, 'PromisePaused')).toEqual(caps);
    expect(capsOf(events, 'LegPaused')).toEqual(caps);
    expect(pauseLeft(state, 'weather', 8 * HOUR_MS)).toEqual({ promiseMs: 0.5 * HOUR_MS, legMs: 0.5 * HOUR_MS });
    expect(pauseLeft(state, 'access', 8 * HOUR_MS)).toEqual({ promiseMs: 6 * HOUR_MS, legMs: 6 * HOUR_MS });
  });

  it('that is used up stops nothing any more, though the case waits', () => {
    const { events } = live(QUEUED, ...waitFor('weather', 1, 12, 8), wait({ at: hours(13), expectedUntil: hours(40), pause: cap(8) }));
    expect(events.at(-1)).toMatchObject({ type: 'CaseWaiting', at: hours(13) });
    expect(events.filter(({ type }) => type === 'PromiseResumed')).toMatchObject([{ at: hours(9), data: { dueAt: hours(32) } }]);
  });

  it('begins anew with each round', () => {
    const first = live(QUEUED, ...waitFor('weather', 1, 12, 8), resolve({ at: hours(13) }), reopen({ at: hours(20) }));
    const { events } = live(first.events, wait({ at: hours(21), expectedUntil: hours(40), pause: cap(8) }));
    expect(capsOf(events, 'PromisePaused').at(-1)).toBe(hours(29));
    expect(capsOf(events, 'LegPaused').at(-1)).toBe(hours(29));
  });

  it('of a department is used up by its own legs, also by those before it handed the case over', () => {
    const { events } = live(
      QUEUED,
      ...waitFor('weather', 1, 4, 8),
      route({ at: hours(5) }),
      ...waitFor('weather', 6, 7, 8),
      route({ at: hours(8), placement: placement({ because: 'staff', terms: terms({ startedAt: hours(8) }) }) }),
      wait({ at: hours(9), pause: cap(8) }),
    );
    expect(capsOf(events, 'LegPaused')).toEqual([hours(9), hours(14), hours(14)]);
    expect(capsOf(events, 'PromisePaused')).toEqual([hours(9), hours(11), hours(13)]);
  });

  it('is never exceeded, whatever waits there are', () => {
    const waits = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 30 }), fc.constantFrom('weather', 'permit')),
      {
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(waits, fc.integer({ min: 1, max: 20 }), (story, capHours) => {
        let now = 0;
        const commands = story.flatMap(([gap, length, reason]) => {
          const from = now + gap;
          now = from + length;
          return waitFor(reason, from, now, capHours);
        });
        const { state } = live(QUEUED, ...commands);
        for (const reason of ['weather', 'permit']) {
          const stood = (pauses: readonly { readonly from: string; readonly to: string | null; readonly reason: string }[]) =>
            pauses.reduce((sum, each) => (each.reason === reason ? sum + Date.parse(each.to ?? '') - Date.parse(each.from) : sum), 0);
          const ofPromise = stood(state.promise?.clock.pauses ?? []);
          expect(ofPromise).toBeLessThanOrEqual(reason === 'permit' ? 0 : capHours * HOUR_MS);
          expect(stood(state.standstills)).toBeLessThanOrEqual(capHours * HOUR_MS);
          expect(pauseLeft(state, reason, capHours * HOUR_MS).legMs).toBe(capHours * HOUR_MS - stood(state.standstills));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a reason inside the city', () => {
  it.each([
    'permit',
    'permits',
    'Waiting for parts',
    'materials',
    'staff',
    'no_staff',
    'contractor',
    'other departments',
    'another-department',
    'supplies',
  ])("%s stops the department's clock, and never the promise", (reason) => {
    expect(isInsideCity(reason)).toBe(true);
    given(...QUEUED)
      .when(wait({ at: hours(4), reason, pause: cap(8) }))
      .then(waiting({ at: hours(4), reason }), legPaused({ at: hours(4), reason }));
  });

  it.each(['weather', 'season', 'access', 'another_agency', 'waiting for the resident', 'third party', 'utility company'])(
    '%s is none: it stops both',
    (reason) => {
      expect(isInsideCity(reason)).toBe(false);
      given(...QUEUED)
        .when(wait({ at: hours(4), reason, pause: cap(8) }))
        .then(waiting({ at: hours(4), reason }), paused({ at: hours(4), reason }), legPaused({ at: hours(4), reason }));
    },
  );

  it('lets the promise be broken while the department is still in time', () => {
    const { events } = live(QUEUED, ...waitFor('permit', 4, 30, 40), resolve({ at: hours(40) }));
    expect(events.slice(5)).toMatchObject([
      { type: 'LegPaused' },
      { type: 'PromiseDueSoon', at: hours(18) },
      { type: 'PromiseBreached', at: hours(24) },
      { type: 'LegResumed', data: { milestones: [{ milestone: 'resolve', dueAt: hours(50) }] } },
      { type: 'CaseResumed', at: hours(30) },
      { type: 'LegEnded', data: { onTime: true } },
      { type: 'CaseResolved', data: { onTime: false } },
    ]);
  });
});

describe("a department's clock", () => {
  const BREACHED = [...QUEUED, dueSoon({ at: hours(18) }), breached({ at: hours(24) }), legMissed({ at: hours(24) })];
  /** Handed over after the breach, with a day of its own. */
  const HANDED_OVER = [
    ...BREACHED,
    legEnded({ at: hours(25), onTime: false, because: 'transferred' }),
    routed({ at: hours(25), department: 'works', because: 'staff', rulesVersion: null }),
    legStarted({ at: hours(25), department: 'works' }),
  ];

  it('pauses by its own agreement also after the promise was broken, and runs again later', () => {
    given(...HANDED_OVER)
      .when(wait({ at: hours(30), expectedUntil: hours(60), pause: cap(24) }))
      .then(waiting({ at: hours(30), expectedUntil: hours(60) }), legPaused({ at: hours(30), department: 'works', capAt: hours(54) }));
  });

  it('is never late for the breach of the department before', () => {
    const { events } = live(HANDED_OVER, ...waitFor('weather', 30, 50, 24), resolve({ at: hours(65) }));
    expect(events.slice(-2)).toMatchObject([
      { type: 'LegEnded', data: { department: 'works', onTime: true } },
      { type: 'CaseResolved', data: { onTime: false } },
    ]);
    expect(events.filter(({ type }) => type === 'LegMilestoneMissed')).toEqual([legMissed({ at: hours(24) })]);
  });

  it('ends its pause at the cap by itself, and is late by itself', () => {
    const story = [...HANDED_OVER, waiting({ at: hours(30) }), legPaused({ at: hours(30), department: 'works', capAt: hours(40) })];
    given(...story)
      .when(assess(hours(59)))
      .then(
        legResumed({ at: hours(40), department: 'works', milestones: [{ milestone: 'resolve', dueAt: hours(59) }] }),
        legMissed({ at: hours(59), department: 'works', dueAt: hours(59) }),
      );
    given(...story)
      .when(assess(hours(39)))
      .thenNothing();
  });

  it('runs on where nothing was agreed about the reason', () => {
    given(...HANDED_OVER)
      .when(wait({ at: hours(30), expectedUntil: hours(60), pause: null }))
      .then(waiting({ at: hours(30), expectedUntil: hours(60) }));
  });

  it('in triage there is none: the promise alone stands still', () => {
    given(opened(), routed(), promised())
      .when(wait({ at: hours(4), pause: cap(8) }))
      .then(waiting({ at: hours(4) }), paused({ at: hours(4) }));
  });
});

describe('the milestones of a department', () => {
  const owed = terms({ owed: { acknowledge: 2, start: 8, inspect: 20 } });
  const OWED = [opened(), routed(), promised({ terms: owed }), legStarted({ terms: owed })];
  const accepted = (at: number): CaseEvent => ({ type: 'CaseAccepted', at: hours(at), data: { department: 'parks' } });

  it('are frozen with their due instants into the beginning of the leg', () => {
    expect(OWED[3]).toMatchObject({
      data: {
        dueAt: hours(24),
        milestones: [
          { clock: { milestone: 'acknowledge' }, dueAt: hours(2) },
          { clock: { milestone: 'start' }, dueAt: hours(8) },
          { clock: { milestone: 'inspect' }, dueAt: hours(20) },
        ],
      },
    });
  });

  it('are met by acceptance, start, their own command and the end, at their due instant too', () => {
    given(...OWED)
      .when(acceptWork({ at: hours(2) }))
      .then(accepted(2), legMet({ at: hours(2) }));
    const ACCEPTED = [...OWED, accepted(2), legMet({ at: hours(2) })];
    given(...ACCEPTED)
      .when(start({ at: hours(8) }))
      .then(started({ at: hours(8) }), legMet({ at: hours(8), milestone: 'start', dueAt: hours(8) }));
    given(...ACCEPTED)
      .when(reach({ at: hours(3) }))
      .then(reached({ at: hours(3) }), legMet({ at: hours(3), milestone: 'inspect', dueAt: hours(20) }));
    given(...ACCEPTED)
      .when(resolve({ at: hours(4) }))
      .then(legMet({ at: hours(4), milestone: 'start', dueAt: hours(8) }), legEnded({ at: hours(4) }), resolved({ at: hours(4) }));
  });

  it('are missed at their due instants by themselves, and reached later they stay missed', () => {
    const late = justAfter(hours(20));
    given(...OWED)
      .when(reach({ at: late }))
      .then(
        legMissed({ at: hours(2), milestone: 'acknowledge', dueAt: hours(2) }),
        legMissed({ at: hours(8), milestone: 'start', dueAt: hours(8) }),
        dueSoon({ at: hours(18) }),
        legMissed({ at: hours(20), milestone: 'inspect', dueAt: hours(20) }),
        reached({ at: late }),
      );
  });

  it('that the department does not owe are unknown, and there are none on a leg without them', () => {
    given(...OWED)
      .when(reach({ milestone: 'survey' }))
      .thenRejects('MILESTONE_NOT_OWED');
    given(...QUEUED)
      .when(reach())
      .thenRejects('NO_MILESTONE_LEFT');
    given(...OWED, reached(), legMet({ milestone: 'inspect' }))
      .when(reach({ at: hours(1) }))
      .thenNothing();
  });

  it('move with a pause, each by as much', () => {
    given(...OWED, waiting({ at: hours(1), reason: 'permit' }), legPaused({ at: hours(1), reason: 'permit' }))
      .when(resume({ at: hours(5) }))
      .then(
        legResumed({
          at: hours(5),
          milestones: [
            { milestone: 'resolve', dueAt: hours(28) },
            { milestone: 'acknowledge', dueAt: hours(6) },
            { milestone: 'start', dueAt: hours(12) },
            { milestone: 'inspect', dueAt: hours(24) },
          ],
        }),
        resumed({ at: hours(5) }),
      );
  });

  it('are neither met nor missed on a leg that ended before', () => {
    given(...OWED)
      .when(route({ at: hours(1), placement: TRIAGE }))
      .then(legEnded({ at: hours(1), because: 'transferred' }), routed({ at: hours(1), department: null, because: 'fallback' }));
  });

  it('may be all that is agreed: then nothing is promised to the resident', () => {
    const agreed = { ...owed, clock: null };
    const { events } = live([], {
      type: 'OpenCase',
      at: hours(0),
      service: 'pothole',
      visibility: 'public',
      reported: null,
      placement: placement({ terms: agreed }),
    });
    expect(events.map(({ type }) => type)).toEqual(['CaseOpened', 'CaseRouted', 'LegStarted']);
    expect(live(events, assess(hours(3)), acceptWork({ at: hours(4) })).events.slice(3)).toMatchObject([
      { type: 'LegMilestoneMissed', data: { milestone: 'acknowledge' } },
      { type: 'CaseAccepted' },
    ]);
  });
});

describe('hand-overs between departments', () => {
  const to = (department: string | null, at: number) =>
    route({
      at: hours(at),
      placement: department === null ? TRIAGE : placement({ department, because: 'staff', rulesVersion: null, terms: null }),
    });
  const whose = (...commands: readonly CaseCommand[]) => live(QUEUED, ...commands).state.department;

  it('are two at most: the third goes to triage, and says whose it would have been', () => {
    const { events } = live(QUEUED, to('works', 1), to('parks', 2), to('works', 3));
    expect(events.slice(-3)).toMatchObject([
      { type: 'CaseHandOversUsedUp', at: hours(3), data: { from: 'parks', to: 'works', handOvers: 2 } },
      { type: 'LegEnded', data: { department: 'parks', because: 'transferred' } },
      { type: 'CaseRouted', data: { department: null, because: 'staff', reason: null } },
    ]);
  });

  it('are counted for the case, whoever they are between, and over what 311 decides', () => {
    expect(whose(to('works', 1), to('water', 2))).toBe('water');
    expect(whose(to('works', 1), to('water', 2), to('streets', 3))).toBeNull();
    expect(whose(to('works', 1), to('water', 2), to('streets', 3), to('streets', 4))).toBe('streets');
    expect(whose(to('works', 1), to('water', 2), to('streets', 3), to('streets', 4), to('works', 5))).toBeNull();
  });

  it('do not count what 311 sends from triage, nor what comes back to it', () => {
    expect(whose(to(null, 1), to('works', 2), to(null, 3), to('parks', 4), to('works', 5), to('parks', 6))).toBe('parks');
  });

  it('begin anew with each round', () => {
    const again = [to('works', 1), to('parks', 2), resolve({ at: hours(3) }), reopen({ at: hours(4) })];
    expect(whose(...again, to('works', 5), to('parks', 6))).toBe('parks');
    expect(whose(...again, to('works', 5), to('parks', 6), to('works', 7))).toBeNull();
  });

  it('leave the promise as it was', () => {
    const { state } = live(QUEUED, to('works', 1), to('parks', 2), to('works', 3));
    expect(state).toMatchObject({ status: 'triage', promise: { dueAt: hours(24), isBreached: false }, leg: null });
    expect(live(QUEUED, ...waitFor('weather', 1, 3, 8)).events.at(-3)).toEqual(
      promiseResumed({ at: hours(3), dueAt: hours(26), warnings: [{ warning: 0, at: hours(20) }] }),
    );
  });
});
