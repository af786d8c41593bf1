import { givenOf } from '@onedoor/testkit';
import {
  assess,
  assigned,
  breached,
  close,
  closed,
  dueSoon,
  hours,
  justAfter,
  justBefore,
  legEnded,
  legMissed,
  legPaused,
  legResumed,
  legStarted,
  opened,
  paused,
  promised,
  promiseResumed,
  QUEUED,
  reopen,
  reopened,
  resolve,
  resolved,
  resume,
  resumed,
  route,
  routed,
  start,
  started,
  terms,
  wait,
  waiting,
  cap,
} from '../../test/case.fixtures.js';
import { caseDecider } from './decider.js';

const given = givenOf(caseDecider);

/** Warned at 18 hours, due at 24. */
const DUE = hours(24);
const WARNED = [...QUEUED, dueSoon({ at: hours(18) })];
/** The department's own clock began with the promise, and is late with it. */
const BREACHED = [...WARNED, breached({ at: DUE }), legMissed({ at: DUE })];

describe('what time does to a case by itself', () => {
  it('a command states first what came due before it, each fact at its own instant', () => {
    given(...QUEUED)
      .when(start({ at: hours(30) }))
      .then(dueSoon({ at: hours(18) }), breached({ at: DUE }), legMissed({ at: DUE }), started({ at: hours(30) }));
  });

  it('a command between warning and due instant states the warning only', () => {
    given(...QUEUED)
      .when(start({ at: hours(20) }))
      .then(dueSoon({ at: hours(18) }), started({ at: hours(20) }));
  });

  it('finishing exactly at the due instant is on time', () => {
    given(...WARNED)
      .when(resolve({ at: DUE }))
      .then(legEnded({ at: DUE }), resolved({ at: DUE }));
  });

  it('finishing a millisecond later is not', () => {
    given(...WARNED)
      .when(resolve({ at: justAfter(DUE) }))
      .then(
        breached({ at: DUE }),
        legMissed({ at: DUE }),
        legEnded({ at: justAfter(DUE), onTime: false }),
        resolved({ at: justAfter(DUE), onTime: false }),
      );
  });

  it('a command that is already so still states what came due', () => {
    given(...QUEUED, assigned(), started())
      .when(start({ at: hours(19) }))
      .then(dueSoon({ at: hours(18) }));
  });

  it('a refused command states nothing: it leaves no trace', () => {
    given(...QUEUED)
      .when(close({ at: hours(30) }))
      .thenRejects('CASE_IS_QUEUED');
  });

  it('all warnings that were agreed come, in the order of their instants, each named by its place in the agreement', () => {
    const agreed = terms({ warnings: [{ leadMinutes: 60 }, { fraction: 0.5 }] });
    given(opened(), routed(), promised({ terms: agreed }), legStarted({ terms: agreed }))
      .when(assess(DUE))
      .then(dueSoon({ at: hours(12), warning: 1 }), dueSoon({ at: hours(23), warning: 0 }), breached({ at: DUE }), legMissed({ at: DUE }));
  });
});

describe('looking at the clocks', () => {
  it('at the due instant itself finds the breach', () => {
    given(...WARNED)
      .when(assess(DUE))
      .then(breached({ at: DUE }), legMissed({ at: DUE }));
  });

  it('a millisecond before the due instant finds nothing', () => {
    given(...WARNED)
      .when(assess(justBefore(DUE)))
      .thenNothing();
  });

  it('at the instant of a warning gives it', () => {
    given(...QUEUED)
      .when(assess(justBefore(hours(18))))
      .thenNothing();
    given(...QUEUED)
      .when(assess(hours(18)))
      .then(dueSoon({ at: hours(18) }));
  });

  it('twice changes nothing, however late', () => {
    given(...WARNED)
      .when(assess(hours(18)))
      .thenNothing();
    given(...BREACHED)
      .when(assess(DUE))
      .thenNothing();
    given(...BREACHED)
      .when(assess(hours(24_000)))
      .thenNothing();
  });

  it('finds nothing after the case was resolved: its clock stands', () => {
    given(...QUEUED, legEnded({ at: hours(2) }), resolved({ at: hours(2) }))
      .when(assess(hours(100)))
      .thenNothing();
    given(...QUEUED, legEnded({ at: hours(2) }), resolved({ at: hours(2) }))
      .when(close({ at: hours(100) }))
      .then(closed({ at: hours(100) }));
  });

  it('finds nothing where nothing was promised', () => {
    given(opened(), routed(), legStarted({ terms: null }))
      .when(assess(hours(1_000)))
      .thenNothing();
  });

  it('a transfer neither moves nor renews the promise', () => {
    given(...QUEUED)
      .when(route({ at: hours(20) }))
      .then(
        dueSoon({ at: hours(18) }),
        legEnded({ at: hours(20), because: 'transferred' }),
        routed({ at: hours(20), department: 'works', because: 'staff', rulesVersion: null }),
        legStarted({ at: hours(20), department: 'works', terms: terms({ startedAt: hours(20), agreementVersion: 7 }) }),
      );
    given(
      ...WARNED,
      legEnded({ at: hours(20) }),
      routed({ at: hours(20), department: 'works' }),
      legStarted({ at: hours(20), department: 'works' }),
    )
      .when(assess(DUE))
      .then(breached({ at: DUE }));
  });
});

describe('a promise that is paused', () => {
  const LEG_PAUSED = [...QUEUED, waiting({ at: hours(4) }), paused({ at: hours(4) }), legPaused({ at: hours(4) })];
  /** Nothing was agreed for the department's own clock, so that the promise is looked at alone. */
  const PAUSED = [opened(), routed(), promised(), legStarted({ terms: null }), waiting({ at: hours(4) }), paused({ at: hours(4) })];
  const legDue = (at: number) => [{ milestone: 'resolve', dueAt: hours(at) }];

  it('stands still where the agreement allows it, until a cap', () => {
    given(...QUEUED)
      .when(wait({ at: hours(4), pause: cap(8) }))
      .then(waiting({ at: hours(4) }), paused({ at: hours(4) }), legPaused({ at: hours(4) }));
  });

  it('goes on at the resume, and everything it does moves by the pause', () => {
    given(...PAUSED)
      .when(resume({ at: hours(10) }))
      .then(promiseResumed({ at: hours(10), dueAt: hours(30), warnings: [{ warning: 0, at: hours(24) }] }), resumed({ at: hours(10) }));
    given(
      ...PAUSED,
      promiseResumed({ at: hours(10), dueAt: hours(30), warnings: [{ warning: 0, at: hours(24) }] }),
      resumed({ at: hours(10) }),
    )
      .when(assess(hours(30)))
      .then(dueSoon({ at: hours(24), dueAt: hours(30) }), breached({ at: hours(30), dueAt: hours(30) }));
  });

  it('goes on by itself at the cap, although the case still waits', () => {
    given(...PAUSED)
      .when(assess(justBefore(hours(12))))
      .thenNothing();
    given(...PAUSED)
      .when(assess(hours(12)))
      .then(promiseResumed({ at: hours(12), dueAt: hours(32), warnings: [{ warning: 0, at: hours(26) }] }));
  });

  it('is not resumed a second time when the case is, after the cap', () => {
    given(...PAUSED)
      .when(resume({ at: hours(14) }))
      .then(promiseResumed({ at: hours(12), dueAt: hours(32), warnings: [{ warning: 0, at: hours(26) }] }), resumed({ at: hours(14) }));
  });

  it('at the cap and at the due instant that follows from it breaches while the case waits', () => {
    given(...PAUSED)
      .when(assess(hours(32)))
      .then(
        promiseResumed({ at: hours(12), dueAt: hours(32), warnings: [{ warning: 0, at: hours(26) }] }),
        dueSoon({ at: hours(26), dueAt: hours(32) }),
        breached({ at: hours(32), dueAt: hours(32) }),
      );
  });

  it('has a leg beside it that stands still and runs again by itself', () => {
    given(...LEG_PAUSED)
      .when(resume({ at: hours(10) }))
      .then(
        promiseResumed({ at: hours(10), dueAt: hours(30), warnings: [{ warning: 0, at: hours(24) }] }),
        legResumed({ at: hours(10), milestones: legDue(30) }),
        resumed({ at: hours(10) }),
      );
    given(...LEG_PAUSED)
      .when(assess(hours(12)))
      .then(
        promiseResumed({ at: hours(12), dueAt: hours(32), warnings: [{ warning: 0, at: hours(26) }] }),
        legResumed({ at: hours(12), milestones: legDue(32) }),
      );
  });

  it('takes the leg along where it was paused in an earlier release', () => {
    const before = [...QUEUED, waiting({ at: hours(4) }), paused({ at: hours(4), stopsLeg: true })];
    given(...before)
      .when(resume({ at: hours(10) }))
      .then(promiseResumed({ at: hours(10), dueAt: hours(30), warnings: [{ warning: 0, at: hours(24) }] }), resumed({ at: hours(10) }));
    given(
      ...before,
      promiseResumed({ at: hours(10), dueAt: hours(30), warnings: [{ warning: 0, at: hours(24) }] }),
      resumed({ at: hours(10) }),
      dueSoon({ at: hours(24), dueAt: hours(30) }),
    )
      .when(resolve({ at: hours(29) }))
      .then(legEnded({ at: hours(29) }), resolved({ at: hours(29) }));
  });

  it('a wait for a cause that the agreement does not name stops nothing', () => {
    given(...QUEUED, waiting({ at: hours(4) }))
      .when(resume({ at: hours(20) }))
      .then(dueSoon({ at: hours(18) }), resumed({ at: hours(20) }));
  });

  it('a promise that was breached is not paused any more, nor is a leg that is late already', () => {
    given(...BREACHED)
      .when(wait({ at: hours(30), expectedUntil: hours(40), pause: cap(20) }))
      .then(waiting({ at: hours(30), expectedUntil: hours(40) }));
  });

  it('a wait that begins at the due instant is in time to be a wait, and pauses nothing that is left', () => {
    given(...WARNED)
      .when(wait({ at: DUE, expectedUntil: hours(40), pause: cap(26) }))
      .then(
        waiting({ at: DUE, expectedUntil: hours(40) }),
        paused({ at: DUE, capAt: hours(50) }),
        legPaused({ at: DUE, capAt: hours(50) }),
      );
  });
});

describe('a promise in its rounds', () => {
  it('a breach is of its round: the next one may be kept, and the first breach stays', () => {
    const secondRound = [
      ...BREACHED,
      legEnded({ at: hours(25), onTime: false }),
      resolved({ at: hours(25), onTime: false }),
      reopened({ at: hours(30) }),
      promised({ at: hours(30), round: 2 }),
      legStarted({ at: hours(30) }),
    ];
    given(...secondRound)
      .when(resolve({ at: hours(40) }))
      .then(legEnded({ at: hours(40), startedAt: hours(30) }), resolved({ at: hours(40), round: 2 }));
    given(...secondRound)
      .when(assess(hours(54)))
      .then(
        dueSoon({ at: hours(48), round: 2, dueAt: hours(54) }),
        breached({ at: hours(54), round: 2, dueAt: hours(54) }),
        legMissed({ at: hours(54), dueAt: hours(54) }),
      );
    expect(secondRound.reduce(caseDecider.evolve, caseDecider.initial)).toMatchObject({ round: 2, breachedAt: DUE });
  });

  it('reopening long after the end of a round says nothing about the time between', () => {
    given(...QUEUED, legEnded({ at: hours(2) }), resolved({ at: hours(2) }))
      .when(reopen({ at: hours(500), terms: null }))
      .then(reopened({ at: hours(500) }), legStarted({ at: hours(500), terms: null }));
  });
});

describe('a promise that was made late, since the case had no department before', () => {
  const agreed = terms({ agreementVersion: 7 });
  const leftLate = (at: number) => [
    opened(),
    routed({ department: null, because: 'fallback' }),
    routed({ at: hours(at), department: 'works' }),
    promised({ at: hours(at), department: 'works', terms: agreed }),
    legStarted({ at: hours(at), department: 'works' }),
  ];

  it('has the time that is left of its round', () => {
    given(...leftLate(20))
      .when(assess(DUE))
      .then(dueSoon({ at: hours(20) }), breached({ at: DUE }));
  });

  it('was not kept if its time was over by then, stated as of the instant it was made', () => {
    given(...leftLate(30))
      .when(assess(hours(30)))
      .then(dueSoon({ at: hours(30) }), breached({ at: hours(30), dueAt: DUE }));
    given(...leftLate(30))
      .when(resolve({ at: hours(30) }))
      .then(
        dueSoon({ at: hours(30) }),
        breached({ at: hours(30), dueAt: DUE }),
        legEnded({ at: hours(30), department: 'works', startedAt: hours(30) }),
        resolved({ at: hours(30), department: 'works', onTime: false }),
      );
  });
});

describe('a promise that was made', () => {
  it('is judged by what is frozen in it, whatever is agreed or published later', () => {
    const strict = promised({
      terms: terms({ target: { amount: 2, unit: 'business_hours' }, warnings: [] }),
    });
    expect(strict.data.dueAt).toBe(hours(2));
    // The stored due instant counts, even against a library that would work out another one today.
    const asWritten = { ...strict, data: { ...strict.data, dueAt: hours(3) } };
    given(opened(), routed(), asWritten, legStarted())
      .when(assess(hours(3)))
      .then(breached({ at: hours(3), dueAt: hours(3) }));
  });
});
