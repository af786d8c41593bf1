import { accept, canonicalJson, counted, reject, unordered, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';
import type { RoutingRule, RoutingRules } from './routing-rules.js';

export interface PublishRoutingRules {
  readonly type: 'PublishRoutingRules';
  readonly at: Instant;
  readonly rules: readonly RoutingRule[];
  /** The version that their author has seen; 0 for the first. */
  readonly basedOn: number;
}

export type RoutingRulesEvent = DomainEvent<'RoutingRulesPublished', { readonly version: number; readonly rules: readonly RoutingRule[] }>;

export interface RoutingRulesState {
  /** 0 before the first publication. */
  readonly version: number;
  readonly departments: ReadonlyMap<string, string>;
  readonly rules: readonly RoutingRule[];
  /** Every version, the oldest first. */
  readonly versions: readonly RoutingRules[];
}

export const ROUTING_RULES_SHAPES = { RoutingRulesPublished: { v: 1 } } as const;

/**
 * The routing rules of the city as versioned data: stream `rules-city`. The version used is recorded with each case. What says the same as
 * the present version changes nothing; anything else becomes the next version, where its author has seen the present one.
 */
export const routingRulesDecider: Decider<RoutingRulesState, PublishRoutingRules, RoutingRulesEvent> = {
  initial: { version: 0, departments: new Map(), rules: [], versions: [] },
  decide({ at, rules, basedOn }, state) {
    const services = new Set(rules.map(({ service }) => service));
    if (services.size < rules.length) return reject('ROUTING_RULES_AMBIGUOUS', 'rules: each service has at most one rule');
    if (state.version > 0 && meaningOf(rules) === meaningOf(state.rules)) return accept();
    if (basedOn !== state.version)
      return reject('ROUTING_RULES_CHANGED', `basedOn: the present version is ${state.version}, not ${basedOn}`);
    return accept<RoutingRulesEvent>({ type: 'RoutingRulesPublished', at, data: { version: state.version + 1, rules } });
  },
  evolve: ({ versions }, { at, data: { version, rules } }) => ({
    version,
    rules,
    departments: new Map(rules.map(({ service, department }) => [service, department])),
    versions: [...versions, { version, publishedAt: at, rules }],
  }),
};

/**
 * The department that the rules in force at an instant name for a service, null for triage; and their version, the newest one published by
 * then, 0 where there was none.
 */
export function ruleInForce(
  { versions, version: newest, departments }: RoutingRulesState,
  service: string,
  at: Instant,
): { readonly department: string | null; readonly version: number } {
  const inForce = versions.findLast(({ publishedAt }) => publishedAt <= at);
  if (inForce === undefined) return { department: null, version: 0 };
  const { version, rules } = inForce;
  if (version === newest) return { department: departments.get(service) ?? null, version };
  return { department: rules.find((rule) => rule.service === service)?.department ?? null, version };
}

/** What rules say, in whatever order: each service has at most one. */
const meaningOf = (rules: readonly RoutingRule[]): string => canonicalJson(unordered(rules));

export const describeRoutingRules = ({ data: { version, rules } }: RoutingRulesEvent): string =>
  `Version ${version} published, with ${counted(rules.length, 'rule')}`;
