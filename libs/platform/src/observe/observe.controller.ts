import { Controller, Get, HttpCode, Inject, Res } from '@nestjs/common';
import { Anyone } from '../access/access-rule.js';
import type { Reply } from '../http/reply.js';
import { Describe, json } from '../openapi/description.js';
import { PROBLEM_DETAILS } from '../openapi/refusals.js';
import { count, list, number, oneOf, orNull, record, text } from '../openapi/schema.js';
import { Metrics } from './metrics.js';
import { WorkerReport, type WorkerState } from './worker-report.js';

/** A read model or a relay that is further behind than this is not ready: what people see, or are told, is too old. */
const READY_WITHIN_SECONDS = 60;

const READINESS = record<{ status: string; workers: readonly WorkerState[] }>('Readiness', {
  status: oneOf(['ready', 'catching up'], 'Whether every worker is close behind the log.'),
  workers: list(
    record<WorkerState>('Worker', {
      name: text('By which metrics and logs name it.'),
      kind: oneOf(['projector', 'relay', 'consumer', 'ticker'], 'What it does.'),
      lagSeconds: orNull(number('Age of the oldest event that it has yet to handle; null where it follows no log.')),
      parkedKeys: count('Keys whose messages wait for somebody to look.'),
      due: orNull(count('Entries of its due list that have come due and are not dealt with, up to a page; null where it has none.')),
    }),
  ),
});

/** For whoever runs the process: is it alive, has it caught up with the log, and how much is it doing. */
@Anyone()
@Controller()
@Describe({ tag: 'Operation', refusals: null })
export class ObserveController {
  constructor(
    private readonly report: WorkerReport,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** Alive: it answers. What it depends on may be down. */
  @Get('healthz')
  @Describe({ summary: 'Alive: it answers; what it depends on may be down', answer: json('Alive.', record<{ status: string }>('Health', { status: { type: 'string', const: 'ok' } })) })
  @HttpCode(200)
  health(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 while a worker is a minute or more behind the log, or the log can't be asked. */
  @Get('readyz')
  @Describe({
    summary: 'Whether it has caught up with the log',
    answer: json('Every worker is less than a minute behind.', READINESS),
    answers: { 503: { says: 'Some worker is further behind, or the log can not be asked.', content: { 'application/json': { schema: READINESS }, ...PROBLEM_DETAILS } } },
  })
  async ready(@Res() reply: Reply): Promise<void> {
    const workers = await this.report.states();
    const isReady = workers.every(({ lagSeconds }) => lagSeconds === null || lagSeconds < READY_WITHIN_SECONDS);
    reply.code(isReady ? 200 : 503).type('application/json; charset=utf-8').send(JSON.stringify({ status: isReady ? 'ready' : 'catching up', workers }));
  }

  /** Prometheus' text format. */
  @Get('metrics')
  @Describe({ summary: 'Figures of this process', answer: { says: 'The figures.', content: { 'text/plain': { schema: text("Prometheus' text format.") } } } })
  async figures(@Res() reply: Reply): Promise<void> {
    // Figures that were counted are worth having even while the log can't be asked.
    for (const { name, lagSeconds, parkedKeys, due } of await this.report.states().catch(() => [])) {
      if (lagSeconds !== null) this.metrics.lag.set({ worker: name }, lagSeconds);
      this.metrics.parkedKeys.set({ worker: name }, parkedKeys);
      if (due !== null) this.metrics.due.set({ worker: name }, due);
    }
    reply.code(200).type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}
