import type { Guard } from '../accounts/guard.js';
import type { Faults } from './faults.js';
import type { OpenCalls } from './open-calls.js';
import type { LogRouter } from './log-router.js';

/** What the call handlers of one node share. */
export interface DoubleContext {
  readonly guard: Guard;
  readonly router: LogRouter;
  readonly faults: Faults;
  readonly calls: OpenCalls;
  /** Events that wait for a live subscriber before it is dropped for being slow. */
  readonly liveBuffer: number;
  port(): number;
}
