import type { Guard } from '../accounts/guard.js';
import type { Faults } from './faults.js';
import type { OpenCalls } from './open-calls.js';
import type { Standing } from './standing.js';

/** What every call of a node is about. */
export interface DoubleContext {
  readonly guard: Guard;
  readonly standing: Standing;
  readonly faults: Faults;
  readonly calls: OpenCalls;
  /** Events that wait for a live subscriber before it is dropped for being slow. */
  readonly liveBuffer: number;
  port(): number;
}
