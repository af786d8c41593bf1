import { givenOf } from '@onedoor/testkit';
import {
  hours,
  recordClosing,
  recordPause,
  recordPromise,
  recordReopening,
  recordResume,
  recordRouting,
  submit,
  submitted,
  toldClosing,
  toldPause,
  toldPromise,
  toldReopening,
  toldResume,
  toldRouting,
} from '../../test/intake.fixtures.js';
import { serviceRequestDecider } from './decider.js';
import type { ServiceRequestEvent } from './events.js';

const given = givenOf(serviceRequestDecider);
const CLOSED = [submitted(), toldRouting(), toldPromise(), toldClosing()];
const SECOND_ROUND = [...CLOSED, toldReopening()];

describe('submitting a request', () => {
  it('keeps the report as it was handed in', () => {
    given()
      .when(submit({ channel: 'phone', department: 'works' }))
      .then(submitted({ channel: 'phone', department: 'works' }));
  });

  it('never takes the place of another', () => {
    given(submitted()).when(submit()).thenRejects('REFERENCE_TAKEN');
  });
});

describe('what the resident is told', () => {
  it.each([recordRouting(), recordPromise(), recordPause(), recordResume(), recordClosing(), recordReopening()])(
    '$type needs a request',
    (command) => {
      given().when(command).thenRejects('REQUEST_UNKNOWN');
    },
  );

  it('who answers for it, and who does later', () => {
    given(submitted()).when(recordRouting()).then(toldRouting());
    given(submitted(), toldRouting())
      .when(recordRouting({ department: 'parks' }))
      .then(toldRouting({ department: 'parks' }));
    given(submitted(), toldRouting())
      .when(recordRouting({ department: null }))
      .then(toldRouting({ department: null }));
  });

  it('by when, and when that moves', () => {
    given(submitted()).when(recordPromise()).then(toldPromise());
    given(submitted(), toldPromise())
      .when(recordPromise({ dueAt: hours(80) }))
      .then(toldPromise({ dueAt: hours(80) }));
  });

  it('that the promise stands still, once, and that it goes on with the date it had or with another', () => {
    const PROMISED = [submitted(), toldPromise()];
    given(...PROMISED)
      .when(recordPause())
      .then(toldPause());
    given(...PROMISED, toldPause())
      .when(recordPause())
      .thenNothing();
    given(...PROMISED, toldPause())
      .when(recordPause({ reason: 'weather' }))
      .then(toldPause({ reason: 'weather' }));
    given(...PROMISED, toldPause())
      .when(recordPromise())
      .then(toldResume());
    given(...PROMISED, toldPause(), toldResume())
      .when(recordPromise())
      .thenNothing();
    given(...PROMISED, toldPause())
      .when(recordPromise({ dueAt: hours(80) }))
      .then(toldPromise({ dueAt: hours(80) }));
    given(...PROMISED, toldPause(), toldClosing())
      .when(recordPause())
      .thenNothing();
  });

  describe('that the city waits for them', () => {
    const wait = recordPause({ by: 'case' });
    const toldWait = toldPause({ by: 'case' });

    it.each([
      ['nothing is promised', [submitted()]],
      ['the promise runs, or is broken', [submitted(), toldPromise()]],
    ])('where %s, until the case goes on', (_what, before) => {
      given(...before)
        .when(wait)
        .then(toldWait);
      given(...before, toldWait)
        .when(recordResume({ at: hours(5) }))
        .then(toldResume({ at: hours(5) }));
      given(...before, toldWait, toldResume())
        .when(recordResume({ at: hours(6) }))
        .thenNothing();
      given(...before, toldWait, toldResume())
        .when(wait)
        .then(toldWait);
    });

    it('once, where the promise stands still with it', () => {
      given(submitted(), toldPromise(), toldWait).when(recordPause()).thenNothing();
    });

    it('as long as it lasts, although the promise goes on meanwhile because its cap is used up', () => {
      const before = [submitted(), toldPromise(), toldWait];
      given(...before)
        .when(recordPromise())
        .thenNothing();
      given(...before)
        .when(recordPromise({ dueAt: hours(80) }))
        .then(toldPromise({ dueAt: hours(80) }));
      const moved = [...before, toldPromise({ dueAt: hours(80) })];
      expect(moved.reduce(serviceRequestDecider.evolve, serviceRequestDecider.initial)).toMatchObject({
        pausedFor: 'waiting for the resident',
        promisedBy: hours(80),
      });
      given(...moved)
        .when(recordResume())
        .then(toldResume());
    });

    it('no longer once it is closed or open again', () => {
      for (const end of [toldClosing(), toldReopening()])
        given(submitted(), toldWait, end)
          .when(recordResume({ round: 2 }))
          .thenNothing();
    });

    it('and a case that goes on ends no pause of the promise: that is told by itself', () => {
      given(submitted(), toldPromise(), toldPause({ reason: 'weather' }))
        .when(recordResume())
        .thenNothing();
    });
  });

  it('how it ended', () => {
    given(submitted())
      .when(recordClosing({ outcome: 'no_access' }))
      .then(toldClosing({ outcome: 'no_access' }));
  });

  it('that it is open again', () => {
    given(...CLOSED)
      .when(recordReopening())
      .then(toldReopening());
  });

  it.each([
    ['the same department', [submitted(), toldRouting()], recordRouting({ at: hours(9) })],
    ['that nobody answers for it yet', [submitted()], recordRouting({ department: null })],
    ['the same promise', [submitted(), toldPromise()], recordPromise({ at: hours(9) })],
    ['the end, once more', CLOSED, recordClosing({ at: hours(9), outcome: 'invalid' })],
    ['the reopening, once more', SECOND_ROUND, recordReopening({ at: hours(9) })],
  ] as const)('is not told twice: %s', (_name, history, command) => {
    given(...(history as readonly ServiceRequestEvent[]))
      .when(command)
      .thenNothing();
  });

  it.each([recordRouting({ department: 'parks' }), recordPromise({ dueAt: hours(99) }), recordClosing(), recordReopening({ round: 1 })])(
    'what belongs to an older round is already so: $type',
    (command) => {
      given(...SECOND_ROUND)
        .when(command)
        .thenNothing();
    },
  );

  it('a second round is promised and closed by itself', () => {
    given(...SECOND_ROUND)
      .when(recordPromise({ round: 2 }))
      .then(toldPromise({ round: 2 }));
    given(...SECOND_ROUND)
      .when(recordClosing({ round: 2, outcome: 'declined' }))
      .then(toldClosing({ round: 2, outcome: 'declined' }));
  });

  it('reopening forgets promise and outcome, and keeps the department', () => {
    const state = SECOND_ROUND.reduce(serviceRequestDecider.evolve, serviceRequestDecider.initial);
    expect(state).toMatchObject({ status: 'open', round: 2, department: 'works', promisedBy: null, outcome: null });
  });
});
