import { Module, type DynamicModule } from '@nestjs/common';
import { ProductModule } from '@onedoor/composition';
import type { Config, Ports } from '@onedoor/platform';
import { HealthController } from './health/health.controller.js';
import { HomeController } from './home/home.controller.js';
import { HOME_OPTIONS, type HomeOptions } from './home/home-options.js';

/** All contexts behind one HTTP server. */
@Module({})
export class StandaloneModule {
  static of(ports: Ports, config: Config): DynamicModule {
    const home: HomeOptions = { isDemo: config.ONEDOOR_DEMO };
    return {
      module: StandaloneModule,
      imports: [ProductModule.of(ports, { open311Keys: config.ONEDOOR_OPEN311_KEYS })],
      controllers: [HomeController, HealthController],
      providers: [{ provide: HOME_OPTIONS, useValue: home }],
    };
  }
}
