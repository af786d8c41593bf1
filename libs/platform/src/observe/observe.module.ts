import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import { OperatorAccess } from '../access/operator-access.js';
import { Metrics } from './metrics.js';
import { ObserveController } from './observe.controller.js';
import type { Tracing } from './tracing.js';
import { WorkerReport } from './worker-report.js';

/** Where a process reports what it does: its log, its figures and its traces. */
export interface Observation {
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Null unless OpenTelemetry was asked for. */
  readonly tracing: Tracing | null;
}

/** The routes of a process's health, readiness and figures. */
@Global()
@Module({})
export class ObserveModule {
  static of(metrics: Metrics, operators: OperatorAccess): DynamicModule {
    return {
      module: ObserveModule,
      controllers: [ObserveController],
      providers: [{ provide: Metrics, useValue: metrics }, { provide: OperatorAccess, useValue: operators }, WorkerReport],
      exports: [Metrics, OperatorAccess],
    };
  }
}
