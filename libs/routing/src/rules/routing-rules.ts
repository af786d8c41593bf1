import type { Instant } from '@onedoor/kernel';

/** The id of the one set of rules: stream `rules-city`. */
export const RULES_ID = 'city';

/** Which department a service's requests go to when their reporter named none. What matches no rule goes to triage. */
export interface RoutingRule {
  /** An Open311 service code. */
  readonly service: string;
  readonly department: string;
}

/** The rules of the city as they were published together. */
export interface RoutingRules {
  readonly version: number;
  readonly publishedAt: Instant;
  readonly rules: readonly RoutingRule[];
}
