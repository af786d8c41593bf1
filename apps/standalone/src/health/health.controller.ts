import { Controller, Get, HttpCode, Inject, Res } from '@nestjs/common';
import { PROJECTIONS } from '@onedoor/composition';
import { checkpointOf } from '@onedoor/engine';
import { PORTS, type Ports, type Reply } from '@onedoor/platform';

/** For whoever runs the process: is it alive, and has it caught up with its own log. */
@Controller()
export class HealthController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Get('healthz')
  @HttpCode(200)
  health(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 while a read model has never been built; its position beside the log's head says how far each has come. */
  @Get('readyz')
  async ready(@Res() reply: Reply): Promise<void> {
    const { checkpoints, store } = this.ports;
    const head = await store.head();
    const projections = await Promise.all(
      PROJECTIONS.map(async (projection) => ({ name: projection.collection.name, position: await checkpoints.load(checkpointOf(projection)) })),
    );
    const isReady = head === null || projections.every(({ position }) => position !== null);
    reply.code(isReady ? 200 : 503).type('application/json; charset=utf-8').send(JSON.stringify({ status: isReady ? 'ready' : 'catching up', head, projections }));
  }
}
