import { givenOf } from '@onedoor/testkit';
import {
  breached,
  dueSoon,
  hours,
  legEnded,
  legMissed,
  paused,
  promiseResumed,
  QUEUED,
  resolve,
  resolved,
  revise,
  revised,
  TRIAGED,
} from '../../test/case.fixtures.js';
import { caseDecider } from './decider.js';
import type { CaseEvent } from './events.js';
import type { Case } from './state.js';

const given = givenOf(caseDecider);

describe('telling another date', () => {
  const HELD = [...QUEUED, revised({ at: hours(1) })];
  const told = (...events: readonly CaseEvent[]) => (events.reduce(caseDecider.evolve, caseDecider.initial) as Case).promise;

  it('tells it, and leaves the promise as it is: it is broken at its own instant', () => {
    given(...QUEUED)
      .when(revise())
      .then(revised({ at: hours(1) }));
    expect(told(...HELD)).toMatchObject({ dueAt: hours(24), revisedTo: hours(60) });
    given(...HELD)
      .when(resolve({ at: hours(50) }))
      .then(
        dueSoon({ at: hours(18) }),
        breached({ at: hours(24) }),
        legMissed({ at: hours(24) }),
        legEnded({ at: hours(50), onTime: false }),
        resolved({ at: hours(50), onTime: false }),
      );
  });

  it('is once the same date, in the future, and of a promise', () => {
    given(...HELD)
      .when(revise({ at: hours(2) }))
      .thenNothing();
    given(...QUEUED)
      .when(revise({ at: hours(1), dueAt: hours(1) }))
      .thenRejects('DATE_IS_OVER');
    given(...TRIAGED)
      .when(revise())
      .thenRejects('NOTHING_PROMISED');
  });

  it('is moved only by a pause that moves the promise beyond it', () => {
    const after = (dueAt: string) => told(...HELD, paused({ at: hours(2) }), promiseResumed({ at: hours(3), dueAt }))?.revisedTo;
    expect([after(hours(30)), after(hours(70))]).toEqual([hours(60), hours(70)]);
    expect(told(...QUEUED, paused({ at: hours(2) }), promiseResumed({ at: hours(3), dueAt: hours(30) }))?.revisedTo).toBeNull();
  });
});
