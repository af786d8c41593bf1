import { accept, canonicalJson, reject, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';

/** Which department a service's requests go to when nobody said. What matches no rule goes to triage. */
export interface RoutingRule {
  readonly service: string;
  readonly department: string;
}

export interface PublishRoutingRules {
  readonly type: 'PublishRoutingRules';
  readonly at: Instant;
  readonly rules: readonly RoutingRule[];
}

export type RoutingRulesEvent = DomainEvent<'RoutingRulesPublished', { readonly version: number; readonly rules: readonly RoutingRule[] }>;

export interface RoutingRulesState {
  /** 0 before the first publication. */
  readonly version: number;
  readonly departments: ReadonlyMap<string, string>;
  readonly rules: readonly RoutingRule[];
}

export const ROUTING_RULES_SHAPES = { RoutingRulesPublished: { v: 1 } } as const;

/** The routing rules of the city as versioned data: stream `rules-city`. The version used is recorded with each case. */
export const routingRulesDecider: Decider<RoutingRulesState, PublishRoutingRules, RoutingRulesEvent> = {
  initial: { version: 0, departments: new Map(), rules: [] },
  decide({ at, rules }, state) {
    const services = new Set(rules.map(({ service }) => service));
    if (services.size < rules.length) return reject('ROUTING_RULES_AMBIGUOUS', 'Each service has at most one rule');
    if (state.version > 0 && canonicalJson(rules) === canonicalJson(state.rules)) return accept();
    return accept<RoutingRulesEvent>({ type: 'RoutingRulesPublished', at, data: { version: state.version + 1, rules } });
  },
  evolve: (_state, { data: { version, rules } }) => ({
    version,
    rules,
    departments: new Map(rules.map(({ service, department }) => [service, department])),
  }),
};
