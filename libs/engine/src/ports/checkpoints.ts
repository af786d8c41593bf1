import type { Position } from './event-store.js';

/**
 * How far each worker has come. Moving on is a compare-and-set: two workers of one name cannot both succeed, which fences
 * all but one of them without a lease.
 */
export interface Checkpoints {
  load(name: string): Promise<Position | null>;
  /** False when somebody else moved it: stop and load it anew. `to: null` forgets it. */
  advance(name: string, from: Position | null, to: Position | null): Promise<boolean>;
}
