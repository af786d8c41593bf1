import { join } from 'node:path';
import { firstOfEachType, givenOf, goldenContract } from '@onedoor/testkit';
import { CASE } from '../aggregates.js';
import {
  accepted,
  acceptWork,
  assess,
  ASSIGNED,
  assign,
  assigned,
  breached,
  close,
  CLOSED,
  closed,
  dueSoon,
  giveBack,
  hours,
  IN_PROGRESS,
  justAfter,
  legEnded,
  legStarted,
  monday,
  open,
  opened,
  placement,
  promised,
  QUEUED,
  reopen,
  reopened,
  resolve,
  RESOLVED,
  resolved,
  resume,
  resumed,
  returned,
  route,
  routed,
  start,
  started,
  terms,
  TRIAGE,
  TRIAGED,
  wait,
  WAITING,
  waiting,
  OFFICE,
  clock,
  cap,
  reach,
  legMissed,
  revise,
} from '../../test/case.fixtures.js';
import { caseDecider } from './decider.js';
import { NO_ENDING } from './ending.js';

const given = givenOf(caseDecider);

describe('opening a case', () => {
  it('routes it, makes the promise and starts the leg, all at the same instant', () => {
    given().when(open()).then(opened(), routed(), promised(), legStarted());
  });

  it('leaves it in triage when no department is found: nothing is promised yet', () => {
    given()
      .when(open({ placement: TRIAGE }))
      .then(opened(), routed({ department: null, because: 'fallback' }));
  });

  it('promises nothing where the department has agreed to nothing, yet counts its leg', () => {
    given()
      .when(open({ placement: placement({ terms: null }) }))
      .then(opened(), routed(), legStarted({ terms: null }));
  });

  it('keeps who decided: a department that was reported used no rules', () => {
    given()
      .when(open({ visibility: 'private', placement: placement({ because: 'reported', rulesVersion: null, terms: null }) }))
      .then(opened({ visibility: 'private' }), routed({ because: 'reported', rulesVersion: null }), legStarted({ terms: null }));
  });

  it('twice changes nothing', () => {
    given(...QUEUED)
      .when(open({ at: hours(2) }))
      .thenNothing();
  });
});

describe('handing a case to another department', () => {
  it("ends the leg, keeps the promise and starts a leg under the new department's agreement", () => {
    given(...QUEUED)
      .when(route({ at: hours(2) }))
      .then(
        legEnded({ at: hours(2), because: 'transferred' }),
        routed({ at: hours(2), department: 'works', because: 'staff', rulesVersion: null }),
        legStarted({ at: hours(2), department: 'works', terms: terms({ startedAt: hours(2), agreementVersion: 7 }) }),
      );
  });

  it('makes the first promise when the case had none: it runs from the report, the leg from its arrival', () => {
    given(...TRIAGED)
      .when(route({ at: hours(2) }))
      .then(
        routed({ at: hours(2), department: 'works', because: 'staff', rulesVersion: null }),
        promised({ at: hours(2), department: 'works', terms: terms({ startedAt: monday, agreementVersion: 7 }) }),
        legStarted({ at: hours(2), department: 'works', terms: terms({ startedAt: hours(2), agreementVersion: 7 }) }),
      );
  });

  it('makes the first promise of a later round run from the reopening', () => {
    given(...TRIAGED, resolved({ department: null, onTime: null }), reopened({ at: hours(5) }))
      .when(route({ at: hours(9) }))
      .then(
        routed({ at: hours(9), department: 'works', because: 'staff', rulesVersion: null }),
        promised({ at: hours(9), round: 2, department: 'works', terms: terms({ startedAt: hours(5), agreementVersion: 7 }) }),
        legStarted({ at: hours(9), department: 'works', terms: terms({ startedAt: hours(9), agreementVersion: 7 }) }),
      );
  });

  it('promises nothing where the new department has agreed to nothing', () => {
    given(...TRIAGED)
      .when(route({ at: hours(2), placement: placement({ terms: null }) }))
      .then(routed({ at: hours(2) }), legStarted({ at: hours(2), terms: null }));
  });

  it('says of each leg whether it was on time under its own clock', () => {
    const late = {
      at: hours(30),
      department: 'works',
      terms: terms({ startedAt: hours(1), target: { amount: 10, unit: 'elapsed_hours' } }),
    };
    const history = [
      ...QUEUED,
      legEnded({ at: hours(1) }),
      routed({ at: hours(1), department: 'works' }),
      legStarted({ ...late, at: hours(1) }),
    ];
    given(...history)
      .when(route({ at: hours(12), placement: TRIAGE }))
      .then(
        legMissed({ at: hours(11), department: 'works', dueAt: hours(11) }),
        legEnded({ at: hours(12), department: 'works', startedAt: hours(1), onTime: false, because: 'transferred' }),
        routed({ at: hours(12), department: null, because: 'fallback' }),
      );
  });

  it('takes it from whoever had it', () => {
    given(...ASSIGNED, legEnded(), routed({ department: 'works' }), legStarted({ department: 'works' }))
      .when(assign({ assignee: 'staff-1' }))
      .then(assigned({ at: hours(1) }));
  });

  it('keeps why, where staff say so', () => {
    const to = placement({ department: 'works', because: 'staff', rulesVersion: null, terms: null });
    given(...TRIAGED)
      .when(route({ at: hours(2), placement: to, reason: 'next_step' }))
      .then(
        routed({ at: hours(2), department: 'works', because: 'staff', rulesVersion: null, reason: 'next_step' }),
        legStarted({ at: hours(2), department: 'works', terms: null }),
      );
  });

  it('to the department that has it changes nothing', () => {
    given(...QUEUED)
      .when(route({ placement: placement() }))
      .thenNothing();
  });
});

describe('accepting a case', () => {
  it('says so once a leg', () => {
    given(...QUEUED)
      .when(acceptWork())
      .then(accepted({ at: hours(1) }));
    given(...QUEUED, accepted())
      .when(acceptWork())
      .thenNothing();
  });

  it('is asked anew of the next department, and of the same one after a reopening', () => {
    const handedOver = [
      ...QUEUED,
      accepted(),
      legEnded({ because: 'transferred' }),
      routed({ department: 'works' }),
      legStarted({ department: 'works' }),
    ];
    given(...handedOver)
      .when(acceptWork())
      .then(accepted({ at: hours(1), department: 'works' }));
    given(...QUEUED, accepted(), legEnded(), resolved(), reopened(), legStarted())
      .when(acceptWork())
      .then(accepted({ at: hours(1) }));
  });

  it('needs a department', () => {
    given(...TRIAGED)
      .when(acceptWork())
      .thenRejects('CASE_IS_TRIAGE');
  });
});

describe('returning a case', () => {
  const inTriage = (at: string) => [
    legEnded({ at, because: 'returned' }),
    routed({ at, department: null, because: 'staff', rulesVersion: null }),
  ];

  it('ends the leg and leaves the promise as it is', () => {
    given(...QUEUED)
      .when(giveBack())
      .then(returned({ at: hours(1) }), ...inTriage(hours(1)));
  });

  it('within the hours that are agreed can be charged to 311, to the very last instant', () => {
    given(...QUEUED)
      .when(giveBack({ at: hours(4), withinHours: 4 }))
      .then(returned({ at: hours(4), isWithinHours: true }), ...inTriage(hours(4)));
  });

  it('later is a matter of the department', () => {
    const late = justAfter(hours(4));
    given(...QUEUED)
      .when(giveBack({ at: late, withinHours: 4 }))
      .then(returned({ at: late, isWithinHours: false }), ...inTriage(late));
  });

  it('counts the hours from its arrival there, not from the report', () => {
    const handedOver = [
      ...QUEUED,
      legEnded({ at: hours(3) }),
      routed({ at: hours(3), department: 'works' }),
      legStarted({ at: hours(3), department: 'works' }),
    ];
    given(...handedOver)
      .when(giveBack({ at: hours(5), withinHours: 2 }))
      .then(
        returned({ at: hours(5), department: 'works', isWithinHours: true }),
        legEnded({ at: hours(5), department: 'works', startedAt: hours(3), because: 'returned' }),
        routed({ at: hours(5), department: null, because: 'staff', rulesVersion: null }),
      );
  });

  it('keeps the reason and the sealed note', () => {
    const note = { sealed: 'b3BhcXVl' };
    given(...QUEUED)
      .when(giveBack({ reason: 'incomplete_report', note }))
      .then(returned({ at: hours(1), reason: 'incomplete_report', note }), ...inTriage(hours(1)));
  });
});

describe('a command that holds for one edition of the case', () => {
  it('is done at that edition: every fact that somebody stated counts', () => {
    given(...ASSIGNED)
      .when({ ...start({ at: hours(1) }), edition: 3 })
      .then(started({ at: hours(1) }));
  });

  it('is refused at any other, also where it is already so', () => {
    given(...ASSIGNED)
      .when({ ...start(), edition: 2 })
      .thenRejects('CASE_CHANGED');
    given(...ASSIGNED)
      .when({ ...assign({ assignee: 'staff-1' }), edition: 2 })
      .thenRejects('CASE_CHANGED');
  });

  it('is not refused because of what the clocks did meanwhile', () => {
    const state = [...QUEUED].reduce(caseDecider.evolve, caseDecider.initial);
    const decision = caseDecider.decide(assess(hours(30)), state);
    if (decision.outcome === 'rejected') throw new Error(decision.code);
    expect(decision.events.map(({ type }) => type)).toEqual(['PromiseDueSoon', 'PromiseBreached', 'LegMilestoneMissed']);
    given(...QUEUED, ...decision.events)
      .when({ ...start({ at: hours(31) }), edition: 2 })
      .then(started({ at: hours(31) }));
  });
});

describe('working on a case', () => {
  it('assigning to the same person again changes nothing', () => {
    given(...ASSIGNED)
      .when(assign({ assignee: 'staff-1' }))
      .thenNothing();
  });

  it('work under way goes on under another assignee', () => {
    given(...IN_PROGRESS)
      .when(assign({ assignee: 'staff-2' }))
      .then(assigned({ at: hours(1), assignee: 'staff-2' }));
    given(...IN_PROGRESS, assigned({ assignee: 'staff-2' }))
      .when(start())
      .thenNothing();
  });

  it('work can start without an assignee', () => {
    given(...QUEUED)
      .when(start({ at: hours(1) }))
      .then(started({ at: hours(1) }));
  });

  it('waiting needs an end that lies in the future', () => {
    given(...QUEUED)
      .when(wait({ at: hours(10), expectedUntil: hours(10) }))
      .thenRejects('WAIT_HAS_NO_END');
    given(...QUEUED)
      .when(wait({ at: hours(9), expectedUntil: hours(10) }))
      .then(waiting({ at: hours(9) }));
  });

  it('waiting keeps its sealed note', () => {
    const note = { sealed: 'b3BhcXVl' };
    given(...QUEUED)
      .when(wait({ note }))
      .then(waiting({ at: hours(1), note }));
  });

  it('a waiting case is resumed before it is resolved', () => {
    given(...WAITING)
      .when(resolve())
      .thenRejects('CASE_IS_WAITING');
    given(...WAITING)
      .when(resume({ at: hours(2) }))
      .then(resumed({ at: hours(2) }));
  });

  it('a case may wait in triage, and is in triage again afterwards', () => {
    given(...TRIAGED, waiting(), resumed())
      .when(assign())
      .thenRejects('CASE_IS_TRIAGE');
  });
});

describe('ending a case', () => {
  it('resolving ends the leg and says whether the promise was kept', () => {
    given(...QUEUED)
      .when(resolve({ at: hours(2) }))
      .then(legEnded({ at: hours(2) }), resolved({ at: hours(2) }));
  });

  it('says nothing of a promise that was never made', () => {
    given(...TRIAGED)
      .when(resolve({ outcome: 'invalid' }))
      .then(resolved({ at: hours(1), outcome: 'invalid', department: null, onTime: null }));
    given(opened(), routed(), legStarted({ terms: null }))
      .when(resolve())
      .then(legEnded({ at: hours(1), onTime: null }), resolved({ at: hours(1), onTime: null }));
  });

  it('keeps the sealed note as it is', () => {
    const note = { sealed: 'b3BhcXVl' };
    given(...QUEUED)
      .when(resolve({ note }))
      .then(legEnded({ at: hours(1) }), resolved({ at: hours(1), note }));
  });

  it('closing repeats the outcome', () => {
    given(...IN_PROGRESS, legEnded(), resolved({ outcome: 'no_access' }))
      .when(close())
      .then(closed({ at: hours(1), outcome: 'no_access' }));
  });

  it('closing twice changes nothing', () => {
    given(...CLOSED)
      .when(close())
      .thenNothing();
  });
});

describe('reopening a case', () => {
  it('starts the next round with a promise and a leg of its own', () => {
    const agreed = terms({ startedAt: hours(5) });
    given(...CLOSED)
      .when(reopen({ at: hours(5) }))
      .then(reopened({ at: hours(5) }), promised({ at: hours(5), round: 2, terms: agreed }), legStarted({ at: hours(5), terms: agreed }));
  });

  it('goes back to triage when no department had it', () => {
    given(...TRIAGED, resolved({ department: null, onTime: null }))
      .when(reopen({ at: hours(5), terms: null }))
      .then(reopened({ at: hours(5) }));
  });

  it('promises nothing where nothing is agreed any more', () => {
    given(...RESOLVED)
      .when(reopen({ at: hours(5), terms: null }))
      .then(reopened({ at: hours(5) }), legStarted({ at: hours(5), terms: null }));
  });

  it('what is meant for an older round is already so', () => {
    const secondRound = [...CLOSED, reopened({ at: hours(2) }), promised({ at: hours(2), round: 2 }), legStarted({ at: hours(2) })];
    given(...secondRound)
      .when(close({ at: hours(3), round: 1 }))
      .thenNothing();
    given(...secondRound)
      .when(reopen({ at: hours(3), round: 1 }))
      .thenNothing();
    given(...secondRound)
      .when(close({ at: hours(3), round: 2 }))
      .thenRejects('CASE_IS_QUEUED');
  });

  it('there is no round ahead of the case', () => {
    given(...RESOLVED)
      .when(close({ round: 2 }))
      .thenRejects('ROUND_UNKNOWN');
    given(...CLOSED)
      .when(reopen({ round: 2 }))
      .thenRejects('ROUND_UNKNOWN');
  });

  it('a second round is resolved and closed under its own number', () => {
    const secondRound = [...CLOSED, reopened({ at: hours(2) }), promised({ at: hours(2), round: 2 }), legStarted({ at: hours(2) })];
    given(...secondRound)
      .when(resolve({ at: hours(3) }))
      .then(legEnded({ at: hours(3), startedAt: hours(2) }), resolved({ at: hours(3), round: 2 }));
    given(...secondRound, legEnded({ at: hours(3) }), resolved({ at: hours(3), round: 2 }))
      .when(close({ at: hours(4), round: 2 }))
      .then(closed({ at: hours(4), round: 2 }));
  });
});

describe('excusing a breach', () => {
  const excuse = { type: 'ExcuseBreach', at: hours(31), reason: 'outside_city_control' } as const;
  const excused = { type: 'CaseBreachExcused', at: hours(31), data: { round: 1, reason: 'outside_city_control' } } as const;
  const late = [...IN_PROGRESS, dueSoon({ at: hours(18) }), breached({ at: hours(24) }), legMissed({ at: hours(24) })];

  it('stands beside the breach, and is said once', () => {
    given(...late)
      .when(excuse)
      .then(excused);
    given(...late, excused)
      .when({ ...excuse, at: hours(32) })
      .thenNothing();
    given(...late, excused)
      .when({ ...excuse, at: hours(32), reason: 'other_agency' })
      .thenRejects('BREACH_IS_EXCUSED');
    expect([...late, excused].reduce(caseDecider.evolve, caseDecider.initial)).toMatchObject({
      breachedAt: hours(24),
      promise: { isBreached: true, excuse: 'outside_city_control' },
      edition: 5,
    });
  });

  it('is possible after the end, and in the same breath as the breach', () => {
    given(...late, legEnded({ at: hours(30), onTime: false }), resolved({ at: hours(30), onTime: false }))
      .when(excuse)
      .then(excused);
    given(...IN_PROGRESS)
      .when(excuse)
      .then(dueSoon({ at: hours(18) }), breached({ at: hours(24) }), legMissed({ at: hours(24) }), excused);
  });

  it('is refused where nothing was broken, and does not reach a later round', () => {
    given(...IN_PROGRESS)
      .when({ ...excuse, at: hours(1) })
      .thenRejects('PROMISE_NOT_BREACHED');
    given(...TRIAGED)
      .when(excuse)
      .thenRejects('PROMISE_NOT_BREACHED');
    const again = [...late, excused, legEnded({ at: hours(32) }), resolved({ at: hours(32), onTime: false }), reopened({ at: hours(33) })];
    given(...again, promised({ at: hours(33), round: 2 }))
      .when({ ...excuse, at: hours(34) })
      .thenRejects('PROMISE_NOT_BREACHED');
  });
});

const OWED_SINCE_SENT_AGAIN = terms({ startedAt: hours(0.75), owed: { acknowledge: 1, survey: 2, inspect: 8 } });

/** One case through everything that can happen to it: returned, sent again, paused, resumed, late, closed, and open again. */
const A_LONG_STORY = [
  open(),
  acceptWork({ at: hours(0.25) }),
  giveBack({ at: hours(0.5), note: { sealed: 'bm90LW91ci1zdHJlZXQ' }, withinHours: 4 }),
  route({ at: hours(0.75), placement: placement({ because: 'staff', rulesVersion: null, terms: OWED_SINCE_SENT_AGAIN }) }),
  assign({ at: hours(1) }),
  start({ at: hours(2) }),
  reach({ at: hours(3) }),
  wait({ at: hours(4), pause: cap(8) }),
  resume({ at: hours(10) }),
  revise({ at: hours(11) }),
  resolve({ at: hours(31), note: { sealed: 'bm90LWEtcmVhbC1ub3Rl' } }),
  close({ at: hours(32) }),
  { type: 'ExcuseBreach', at: hours(33), reason: 'outside_city_control' } as const,
  reopen({ at: hours(40), terms: null }),
  giveBack({ at: hours(40.25), withinHours: 4 }),
  ...(
    [
      [40.5, 'streets'],
      [41, 'works'],
      [42, 'parks'],
      [43, 'works'],
    ] as const
  ).map(([hour, department]) =>
    route({ at: hours(hour), placement: placement({ department, because: 'staff', rulesVersion: null, terms: null }) }),
  ),
];

/** It had no name for its reckoning: it keeps that of its time. */
const CLOCK_OF_EARLIER_RELEASE = { ...clock(), reckoning: 'by_date', calendar: OFFICE };

goldenContract(CASE, join(import.meta.dirname, 'golden'), {
  written: firstOfEachType(CASE.decider, ...A_LONG_STORY),
  upcast: {
    'CaseOpened.v1': { service: 'pothole', visibility: 'public', round: 1, reported: null },
    'CaseRouted.v1': { department: 'parks', because: 'rules', rulesVersion: 3, reason: null },
    'CaseWaiting.v1': { reason: 'weather', expectedUntil: '2026-03-03T00:00:00.000Z', note: null },
    'PromiseMade.v1': {
      round: 1,
      department: 'parks',
      agreementVersion: 1,
      clock: CLOCK_OF_EARLIER_RELEASE,
      dueAt: hours(24),
      warnings: [{ warning: 0, at: hours(18) }],
    },
    'LegStarted.v1': { department: 'parks', agreementVersion: 1, clock: CLOCK_OF_EARLIER_RELEASE, dueAt: hours(24), milestones: [] },
    'PromisePaused.v1': { round: 1, reason: 'weather', capAt: hours(12), stopsLeg: true },
    'CaseReturned.v1': { department: 'parks', reason: 'wrong_department', isWithinHours: true, note: { sealed: 'bm90LW91ci1zdHJlZXQ' } },
    'CaseResolved.v1': {
      round: 1,
      outcome: 'fixed',
      department: 'parks',
      onTime: false,
      ending: NO_ENDING,
      note: { sealed: 'bm90LWEtcmVhbC1ub3Rl' },
    },
    'LegEnded.v1': { department: 'parks', startedAt: '2026-03-02T14:00:00.000Z', onTime: true, because: 'returned' },
  },
  amountsTo: { exists: true, status: 'queued', department: 'parks', round: 2, breachedAt: hours(30), promise: null },
});
