import { Controller, Get, HttpCode, Inject, Req, Res } from '@nestjs/common';
import { msOf, type Instant } from '@onedoor/kernel';
import { Anyone, Operators } from '../access/access-rule.js';
import { OperatorAccess, type OperatorRequest } from '../access/operator-access.js';
import type { Reply } from '../http/error.filter.js';
import { Describe, json } from '../openapi/description.js';
import { PROBLEM_DETAILS } from '../openapi/refusals.js';
import { record, text } from '../openapi/schema.js';
import { PORTS, type Ports } from '../ports.js';
import { dependencyStates, type DependencyState } from './dependency-states.js';
import { Caches } from './caches.js';
import { Metrics } from './metrics.js';
import { isReady, READINESS, readinessOf } from './readiness.js';
import { WorkerReport, type WorkerState } from './worker-report.js';

/** For the operator of the process: health, readiness and figures. Whether it is alive and ready is told to everyone. */
@Controller()
@Describe({ tag: 'Operation', refusals: null })
export class ObserveController {
  constructor(
    private readonly report: WorkerReport,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(PORTS) private readonly ports: Ports,
    private readonly caches: Caches,
    private readonly operators: OperatorAccess,
  ) {}

  /** Alive: it answers. What it depends on may be down. */
  @Get('healthz')
  @Anyone()
  @Describe({
    summary: 'Alive: it answers; what it depends on may be down',
    answer: json('Alive.', record<{ status: string }>('Health', { status: { type: 'string', const: 'ok' } })),
  })
  @HttpCode(200)
  health(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 while a worker is a minute or more behind the log, or a server that it depends on is away. */
  @Get('readyz')
  @Anyone()
  @Describe({
    summary: 'Whether it has caught up with the log; for the operator also what is parked or stuck, and which servers answer',
    answer: json(
      'Every worker is less than a minute behind, and every server answers. `status` says so where keys are parked nevertheless.',
      READINESS,
    ),
    answers: {
      503: {
        says: 'Some worker is further behind, or a server is away.',
        content: { 'application/json': { schema: READINESS }, ...PROBLEM_DETAILS },
      },
    },
  })
  async ready(@Req() request: OperatorRequest, @Res() reply: Reply): Promise<void> {
    const readiness = readinessOf(await this.report.states(), dependencyStates(this.ports.dependencies));
    const told = this.operators.admits(request) ? readiness : { status: readiness.status };
    reply
      .code(isReady(readiness) ? 200 : 503)
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(told));
  }

  /** Prometheus' text format. */
  @Get('metrics')
  @Operators()
  @Describe({
    summary: 'Figures of this process',
    answer: { says: 'The figures.', content: { 'text/plain': { schema: text("Prometheus' text format.") } } },
    refuses: { 401: ['OPERATORS_ONLY'] },
  })
  async figures(@Res() reply: Reply): Promise<void> {
    // The counters are reported also while the log does not answer.
    for (const state of await this.report.states().catch(() => [])) this.gaugeWorker(state);
    for (const [cache, bytes] of this.caches.bytes()) this.metrics.cacheBytes.set({ cache }, bytes);
    for (const state of dependencyStates(this.ports.dependencies)) this.gaugeDependency(state);
    reply
      .code(200)
      .type(this.metrics.registry.contentType)
      .send(await this.metrics.registry.metrics());
  }

  private gaugeWorker({ name, lagSeconds, lagMessages, stuck, parkedKeys, parkedSince, due }: WorkerState): void {
    if (lagSeconds !== null) this.metrics.lag.set({ worker: name }, lagSeconds);
    if (lagMessages !== null) this.metrics.lagMessages.set({ worker: name }, lagMessages);
    this.metrics.stuck.set({ worker: name }, this.secondsSince(stuck?.since ?? null));
    if (parkedKeys !== null) {
      this.metrics.parkedKeys.set({ worker: name }, parkedKeys);
      this.metrics.parkedSince.set({ worker: name }, this.secondsSince(parkedSince));
    }
    if (due !== null) this.metrics.due.set({ worker: name }, due);
  }

  private gaugeDependency({ name, connected, since }: DependencyState): void {
    this.metrics.dependencyUp.set({ dependency: name }, connected ? 1 : 0);
    this.metrics.dependencyAway.set({ dependency: name }, this.secondsSince(since));
  }

  private secondsSince(instant: Instant | null): number {
    return instant === null ? 0 : Math.max(0, msOf(this.ports.clock.now()) - msOf(instant)) / 1_000;
  }
}
