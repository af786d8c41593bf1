import { givenOf } from '@onedoor/testkit';
import {
  breached,
  excused,
  hours,
  milestone,
  promised,
  recordBreach,
  recordExcuse,
  recordMilestone,
  recordPromise,
  recordReopening,
  recordResolution,
  recordRouting,
  recordSubmission,
  reopened,
  resolved,
  routed,
  sequence,
  submitted,
} from '../../test/analytics.fixtures.js';
import { factDecider } from './decider.js';
import type { FactEvent } from './events.js';

const given = givenOf(factDecider);
const stateOf = (...events: readonly FactEvent[]) => events.reduce(factDecider.evolve, factDecider.initial);
const ROUND_ONE = [submitted(), routed(), promised(), breached(), resolved()];

describe('the facts of a reference', () => {
  it('keep what each source says, as it says it', () => {
    given().when(recordSubmission()).then(submitted());
    given(submitted()).when(recordRouting()).then(routed());
    given(submitted(), routed()).when(recordPromise()).then(promised());
    given(submitted(), routed(), promised()).when(recordBreach()).then(breached());
    given(submitted(), routed(), promised(), breached()).when(recordResolution()).then(resolved());
    given(...ROUND_ONE)
      .when(recordReopening())
      .then(reopened());
    given(...ROUND_ONE)
      .when(recordExcuse())
      .then(excused());
    given(...ROUND_ONE)
      .when(recordMilestone())
      .then(milestone());
  });

  it('are the same in any order in which the two sources are heard', () => {
    expect(stateOf(routed(), promised(), submitted(), breached(), resolved())).toEqual(stateOf(...ROUND_ONE));
    given(routed(), promised())
      .when(recordSubmission({ at: hours(2) }))
      .then(submitted({ at: hours(2) }));
  });

  it.each([
    recordRouting({ department: 'parks' }),
    recordPromise({ dueAt: hours(99) }),
    recordBreach(),
    recordExcuse({ sequence: sequence(4) }),
    recordResolution({ outcome: 'invalid' }),
  ])('know what was heard: $type', (command) => {
    given(...ROUND_ONE)
      .when(command)
      .thenNothing();
  });

  it('count each source by its own sequence', () => {
    given(submitted({ sequence: sequence(7) }))
      .when(recordRouting({ sequence: sequence(1) }))
      .then(routed({ sequence: sequence(1) }));
    given(submitted({ sequence: sequence(7) }))
      .when(recordSubmission({ sequence: sequence(7) }))
      .thenNothing();
    given(submitted(), routed({ sequence: sequence(9) }))
      .when(recordRouting({ sequence: sequence(10) }))
      .then(routed({ sequence: sequence(10) }));
  });

  it('begin a round with the department that has the case, and let the last one stand', () => {
    const state = stateOf(...ROUND_ONE, reopened(), routed({ sequence: sequence(6), round: 2, department: 'parks' }));
    expect(state.department).toBe('parks');
    expect(state.rounds).toMatchObject([
      { round: 1, department: 'works', isBreached: true, resolution: { outcome: 'fixed' } },
      { round: 2, department: 'parks', promise: null, resolution: null },
    ]);
    expect(stateOf(...ROUND_ONE, reopened()).rounds[1]).toMatchObject({ department: 'works' });
  });

  it('keep a breach that was excused, in its own round', () => {
    expect(stateOf(...ROUND_ONE, reopened(), excused()).rounds).toMatchObject([
      { round: 1, isBreached: true, excuse: 'other_agency', resolution: { onTime: false } },
      { round: 2, isBreached: false, excuse: null },
    ]);
  });
});
