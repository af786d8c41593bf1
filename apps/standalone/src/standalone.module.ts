import type { DynamicModule } from '@nestjs/common';
import { ServiceModule, WHOLE_PRODUCT } from '@onedoor/composition';
import { Metrics, type Config, type Observation, type Ports } from '@onedoor/platform';
import { pino } from 'pino';

/** All contexts behind one HTTP server. */
export class StandaloneModule {
  static of(
    ports: Ports,
    config: Config,
    observation: Observation = { log: pino({ level: 'silent' }), metrics: new Metrics(), tracing: null },
  ): DynamicModule {
    return ServiceModule.of(WHOLE_PRODUCT, ports, config, observation);
  }
}
