import type { Faults } from './faults.js';
import type { DoubleLog } from './log.js';
import type { OpenReads } from './open-reads.js';

/** What every call of the double is about. */
export interface DoubleContext {
  readonly log: DoubleLog;
  readonly faults: Faults;
  readonly reads: OpenReads;
  /** Events that wait for a live subscriber before it is dropped for being slow. */
  readonly liveBuffer: number;
  port(): number;
}
