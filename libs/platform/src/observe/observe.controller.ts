import { Controller, Get, HttpCode, Inject, Res } from '@nestjs/common';
import { Anyone } from '../access/access-rule.js';
import type { Reply } from '../http/reply.js';
import { Metrics } from './metrics.js';
import { WorkerReport } from './worker-report.js';

/** A read model or a relay that is further behind than this is not ready: what people see, or are told, is too old. */
const READY_WITHIN_SECONDS = 60;

/** For whoever runs the process: is it alive, has it caught up with the log, and how much is it doing. */
@Anyone()
@Controller()
export class ObserveController {
  constructor(
    private readonly report: WorkerReport,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** Alive: it answers. What it depends on may be down. */
  @Get('healthz')
  @HttpCode(200)
  health(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 while a worker is a minute or more behind the log, or the log can't be asked. */
  @Get('readyz')
  async ready(@Res() reply: Reply): Promise<void> {
    const workers = await this.report.states();
    const isReady = workers.every(({ lagSeconds }) => lagSeconds === null || lagSeconds < READY_WITHIN_SECONDS);
    reply.code(isReady ? 200 : 503).type('application/json; charset=utf-8').send(JSON.stringify({ status: isReady ? 'ready' : 'catching up', workers }));
  }

  /** Prometheus' text format. */
  @Get('metrics')
  async figures(@Res() reply: Reply): Promise<void> {
    // Figures that were counted are worth having even while the log can't be asked.
    for (const { name, lagSeconds, parkedKeys } of await this.report.states().catch(() => [])) {
      if (lagSeconds !== null) this.metrics.lag.set({ worker: name }, lagSeconds);
      this.metrics.parkedKeys.set({ worker: name }, parkedKeys);
    }
    reply.code(200).type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}
