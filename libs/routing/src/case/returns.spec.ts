import { givenOf } from '@onedoor/testkit';
import {
  acceptReturn,
  hours,
  legEnded,
  legStarted,
  placement,
  QUEUED,
  resolve,
  returnCharged,
  returned,
  route,
  routed,
  TRIAGED,
} from '../../test/case.fixtures.js';
import type { CaseCommand } from './command.js';
import { caseDecider } from './decider.js';

const given = givenOf(caseDecider);

describe('a return within its hours', () => {
  const inTriage = (isWithinHours: boolean) => [
    ...QUEUED,
    returned({ at: hours(1), isWithinHours }),
    legEnded({ at: hours(1), because: 'returned' }),
    routed({ at: hours(1), department: null, because: 'staff', rulesVersion: null }),
  ];
  const sentTo = (department: string) =>
    route({ at: hours(2), placement: placement({ department, because: 'staff', rulesVersion: null, terms: null }) });
  const charged = returnCharged({ at: hours(2) });
  const typesAfter = (command: CaseCommand, isWithinHours: boolean): readonly string[] => {
    const decision = caseDecider.decide(command, inTriage(isWithinHours).reduce(caseDecider.evolve, caseDecider.initial));
    return decision.outcome === 'accepted' ? decision.events.map(({ type }) => type) : [decision.code];
  };

  it('is charged to 311 when that accepts it, once', () => {
    given(...inTriage(true))
      .when(acceptReturn(hours(2)))
      .then(charged);
    given(...inTriage(true), charged)
      .when(acceptReturn(hours(3)))
      .thenRejects('NO_RETURN_TO_ACCEPT');
    given(...inTriage(false))
      .when(acceptReturn(hours(2)))
      .thenRejects('NO_RETURN_TO_ACCEPT');
    given(...TRIAGED)
      .when(acceptReturn(hours(2)))
      .thenRejects('NO_RETURN_TO_ACCEPT');
  });

  it.each([
    ['sends the case elsewhere', sentTo('works'), ['CaseReturnCharged', 'CaseRouted', 'LegStarted']],
    ['ends it in triage', resolve({ at: hours(2), outcome: 'invalid' }), ['CaseReturnCharged', 'CaseResolved']],
  ])('is charged to 311 when that %s, and one that was late is not', (_what, command, types) => {
    expect(typesAfter(command, true)).toEqual(types);
    expect(typesAfter(command, false)).toEqual(types.slice(1));
  });

  it('is charged to no one where 311 sends the case to the same department again, nor twice', () => {
    expect(typesAfter(sentTo('parks'), true)).toEqual(['CaseRouted', 'LegStarted']);
    given(...inTriage(true), charged)
      .when(sentTo('works'))
      .then(routed({ at: hours(2), department: 'works', because: 'staff', rulesVersion: null }), {
        ...legStarted({ at: hours(2), department: 'works', terms: null }),
      });
  });
});
