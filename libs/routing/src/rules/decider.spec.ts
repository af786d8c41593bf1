import { givenOf } from '@onedoor/testkit';
import { publishRules, rule, rulesPublished } from '../../test/agreed.fixtures.js';
import { hours, justBefore, monday } from '../../test/case.fixtures.js';
import { routingRulesDecider, ruleInForce } from './decider.js';

const given = givenOf(routingRulesDecider);

describe('publishing routing rules', () => {
  it('begins with version 1 and goes on by one', () => {
    given()
      .when(publishRules(0, rule('pothole', 'works')))
      .then(rulesPublished(1, rule('pothole', 'works')));
    given(rulesPublished(1, rule('pothole', 'works')))
      .when(publishRules(1, rule('pothole', 'parks')))
      .then(rulesPublished(2, rule('pothole', 'parks')));
  });

  it('the same again changes nothing', () => {
    given(rulesPublished(1, rule('pothole', 'works')))
      .when(publishRules(0, rule('pothole', 'works')))
      .thenNothing();
  });

  it('the same in another order changes nothing', () => {
    given(rulesPublished(1, rule('pothole', 'works'), rule('graffiti', 'parks')))
      .when(publishRules(0, rule('graffiti', 'parks'), rule('pothole', 'works')))
      .thenNothing();
    given(rulesPublished(1, rule('pothole', 'works'), rule('graffiti', 'parks')))
      .when(publishRules(1, rule('graffiti', 'works'), rule('pothole', 'parks')))
      .then(rulesPublished(2, rule('graffiti', 'works'), rule('pothole', 'parks')));
  });

  it('publishes an empty set once: everything goes to triage', () => {
    given().when(publishRules(0)).then(rulesPublished(1));
    given(rulesPublished(1)).when(publishRules(0)).thenNothing();
    given(rulesPublished(1, rule('pothole', 'works')))
      .when(publishRules(1))
      .then(rulesPublished(2));
  });

  it('refuses an author who has not seen the present version', () => {
    given(rulesPublished(1, rule('pothole', 'works')))
      .when(publishRules(0, rule('pothole', 'parks')))
      .thenRejects('ROUTING_RULES_CHANGED');
    given()
      .when(publishRules(1, rule('pothole', 'parks')))
      .thenRejects('ROUTING_RULES_CHANGED');
  });

  it('refuses two rules for one service', () => {
    given()
      .when(publishRules(0, rule('pothole', 'works'), rule('pothole', 'parks')))
      .thenRejects('ROUTING_RULES_AMBIGUOUS');
  });

  it('the newest set counts as a whole', () => {
    const state = [rulesPublished(1, rule('pothole', 'works'), rule('tree', 'parks')), rulesPublished(2, rule('pothole', 'parks'))].reduce(
      routingRulesDecider.evolve,
      routingRulesDecider.initial,
    );
    expect(state).toMatchObject({ version: 2, rules: [rule('pothole', 'parks')] });
    expect([...state.departments]).toEqual([['pothole', 'parks']]);
  });

  it('name a department for a service as of an instant', () => {
    const later = { ...rulesPublished(2, rule('pothole', 'parks')), at: hours(10) };
    const state = [rulesPublished(1, rule('pothole', 'works'), rule('tree', 'parks')), later].reduce(
      routingRulesDecider.evolve,
      routingRulesDecider.initial,
    );
    const named = (service: string, at: string) => ruleInForce(state, service, at);
    expect(named('pothole', justBefore(monday))).toEqual({ department: null, version: 0 });
    expect(named('pothole', justBefore(hours(10)))).toEqual({ department: 'works', version: 1 });
    expect(named('tree', justBefore(hours(10)))).toEqual({ department: 'parks', version: 1 });
    expect(named('pothole', hours(10))).toEqual({ department: 'parks', version: 2 });
    expect(named('tree', hours(10))).toEqual({ department: null, version: 2 });
  });

  it('every set stays readable, for the cases that went by it', () => {
    const state = [rulesPublished(1, rule('pothole', 'works')), rulesPublished(2)].reduce(
      routingRulesDecider.evolve,
      routingRulesDecider.initial,
    );
    expect(state.versions).toMatchObject([
      { version: 1, rules: [rule('pothole', 'works')] },
      { version: 2, rules: [] },
    ]);
  });
});
