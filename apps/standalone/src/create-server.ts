import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createServer as createServiceServer, WHOLE_PRODUCT } from '@onedoor/composition';
import { Metrics, type Config, type Ports } from '@onedoor/platform';
import { pino } from 'pino';
import { StandaloneModule } from './standalone.module.js';

/** The HTTP server over given ports, without its workers running and not listening yet. */
export async function createServer(ports: Ports, config: Config): Promise<NestFastifyApplication> {
  const observation = { log: pino({ level: 'silent' }), metrics: new Metrics(), tracing: null };
  return createServiceServer(StandaloneModule.of(ports, config, observation), {
    ports,
    config,
    observation,
    errorForms: WHOLE_PRODUCT.errorForms,
  });
}
