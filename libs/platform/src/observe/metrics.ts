import { ALARMS, type AlarmMessage } from '@onedoor/engine';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Buckets in seconds: from one sync to disk to a request whose client has probably given up. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * The figures of one process, for `/metrics` in Prometheus' text format. Label values are names from the code only, never a
 * reference, a path or input of a person: their number stays small, and none is personal data.
 */
export class Metrics {
  readonly registry = new Registry();

  readonly commands = new Counter({
    name: 'onedoor_commands_total',
    help: 'Commands, by what became of them: done, already (so before), or the code of the refusal',
    labelNames: ['aggregate', 'command', 'outcome'] as const,
    registers: [this.registry],
  });
  readonly appends = new Histogram({
    name: 'onedoor_append_seconds',
    help: 'Time until an append was durable, a conflict or a failure',
    labelNames: ['category', 'outcome'] as const,
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly published = new Counter({
    name: 'onedoor_published_total',
    help: 'Public events handed to the bus',
    labelNames: ['topic'] as const,
    registers: [this.registry],
  });
  readonly deliveries = new Counter({
    name: 'onedoor_deliveries_total',
    help: 'Messages to residents, by what the mail server said: accepted, deferred, refused or unavailable',
    labelNames: ['outcome'] as const,
    registers: [this.registry],
  });
  private readonly alarms = new Counter({
    name: 'onedoor_alarms_total',
    help: 'Alarms, by their text and how soon an operator should look: now, next day, for information',
    labelNames: ['message', 'urgency'] as const,
    registers: [this.registry],
  });
  readonly requests = new Histogram({
    name: 'onedoor_http_request_seconds',
    help: 'Time until an HTTP request was answered',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly lag = new Gauge({
    name: 'onedoor_lag_seconds',
    help: 'Age of the oldest event or message that a worker has yet to handle',
    labelNames: ['worker'] as const,
    registers: [this.registry],
  });
  readonly lagMessages = new Gauge({
    name: 'onedoor_lag_messages',
    help: 'Messages that wait for a consumer, up to 1,000',
    labelNames: ['worker'] as const,
    registers: [this.registry],
  });
  readonly stuck = new Gauge({
    name: 'onedoor_stuck_seconds',
    help: 'For how long a worker has not got past the same thing; 0 while it gets on',
    labelNames: ['worker'] as const,
    registers: [this.registry],
  });
  readonly cacheBytes = new Gauge({
    name: 'onedoor_cache_bytes',
    help: 'What a cache holds, estimated; each has a bound',
    labelNames: ['cache'] as const,
    registers: [this.registry],
  });
  readonly parkedKeys = new Gauge({
    name: 'onedoor_parked_keys',
    help: 'Keys of the whole group whose messages wait and are tried again, up to a page of them',
    labelNames: ['worker'] as const,
    registers: [this.registry],
  });
  readonly parkedSince = new Gauge({
    name: 'onedoor_parked_since_seconds',
    help: 'For how long the key that waits longest has been parked; 0 while none is',
    labelNames: ['worker'] as const,
    registers: [this.registry],
  });
  readonly dependencyUp = new Gauge({
    name: 'onedoor_dependency_up',
    help: 'Whether a server that this process depends on answers: 1 or 0',
    labelNames: ['dependency'] as const,
    registers: [this.registry],
  });
  readonly dependencyAway = new Gauge({
    name: 'onedoor_dependency_away_seconds',
    help: 'For how long it has not answered; 0 while it does',
    labelNames: ['dependency'] as const,
    registers: [this.registry],
  });
  readonly due = new Gauge({
    name: 'onedoor_due',
    help: 'Entries of a due list that have come due and are not dealt with yet, up to a page of them',
    labelNames: ['worker'] as const,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    // Each stands at 0 from the start: an increase from nothing would be no increase to Prometheus.
    for (const [message, urgency] of Object.entries(ALARMS)) this.alarms.inc({ message, urgency }, 0);
  }

  countAlarm(message: AlarmMessage): void {
    this.alarms.inc({ message, urgency: ALARMS[message] });
  }
}
