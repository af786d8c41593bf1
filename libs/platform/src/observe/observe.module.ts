import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Metrics } from './metrics.js';
import { ObserveController } from './observe.controller.js';
import { WorkerReport } from './worker-report.js';

/** Health, readiness and figures of a process. */
@Global()
@Module({})
export class ObserveModule {
  static of(metrics: Metrics): DynamicModule {
    return {
      module: ObserveModule,
      controllers: [ObserveController],
      providers: [{ provide: Metrics, useValue: metrics }, WorkerReport],
      exports: [Metrics],
    };
  }
}
