import type { Position } from './event-store.js';

/**
 * How far each worker has come. `advance` is a compare-and-set: two workers of one name cannot both succeed, which fences
 * all but one of them without a lease.
 */
export interface Checkpoints {
  load(name: string): Promise<Position | null>;
  /** False when another process moved it: stop and load it again. `to: null` deletes it. */
  advance(name: string, from: Position | null, to: Position | null): Promise<boolean>;
}
