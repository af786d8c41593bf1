import type { Instant } from './instant.js';

/**
 * A fact that happened in one aggregate, as its decider states it: past tense, one fact each.
 * `at` is when it happened for the city; clocks judge by it. When it was written is the store's business (`recordedAt`).
 */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly at: Instant;
  readonly data: Data;
}
