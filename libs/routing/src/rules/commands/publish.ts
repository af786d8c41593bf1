import { defineCommand } from '@onedoor/engine';
import { reject } from '@onedoor/kernel';
import { BasedOn, DepartmentCode, ListOf, ServiceCode } from '@onedoor/platform';
import type { RulesNeeds } from '../rules-needs.service.js';
import type { PublishRoutingRules, RoutingRulesState } from '../decider.js';
import { RULES_ID } from '../routing-rules.js';

/** As many as a catalog has services. */
const MOST_RULES = 2_000;

export class RoutingRuleBody {
  @ServiceCode('service') service!: string;
  @DepartmentCode('department') department!: string;
}

export class PublishRulesBody {
  @BasedOn('basedOn') basedOn!: number;
  @ListOf('rules', RoutingRuleBody, { most: MOST_RULES }) rules!: readonly RoutingRuleBody[];
}

export const publish = defineCommand<RoutingRulesState, PublishRoutingRules, RulesNeeds>()({
  name: 'publish',
  type: 'PublishRoutingRules',
  summary: 'Publish the routing rules of the city, all of them',
  details: 'What says the same as the present version changes nothing. A service without a rule goes to triage.',
  body: PublishRulesBody,
  example: { basedOn: 0, rules: [{ service: 'pothole', department: 'streets' }] },
  roles: ['administrator', 'router'],
  stream: 'any',
  route: { path: '', id: RULES_ID },
  refusals: { DEPARTMENT_UNKNOWN: 409, SERVICE_UNKNOWN: 409, ROUTING_RULES_AMBIGUOUS: 409, ROUTING_RULES_CHANGED: 409 },
  async prepare({ body: { basedOn, rules }, at, by }, { departments, offers }) {
    for (const code of new Set(rules.map(({ department }) => department))) {
      if (await departments.has(code)) continue;
      const place = rules.findIndex(({ department }) => department === code);
      return reject('DEPARTMENT_UNKNOWN', `rules[${place}].department: there is no department ${code}`);
    }
    // A city file brings its own services, which routing may not have heard of yet.
    const unknown = by === null ? null : await offers.refuseUnknown('rules', rules);
    return unknown ?? { type: 'PublishRoutingRules', at, basedOn, rules };
  },
});
