import type { Logger } from 'pino';
import { Metrics } from './metrics.js';
import type { Tracing } from './tracing.js';

/** Everything a process notices about itself. */
export interface Observation {
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Null unless OpenTelemetry was asked for. */
  readonly tracing: Tracing | null;
}
