import { Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { WorkerRunner } from '@onedoor/platform';
import { Drip } from './drip/drip.js';
import { DripController } from './drip/drip.controller.js';
import { DRIP_OPTIONS, type DripOptions } from './drip/drip-options.js';

/** What goes on in a demo by itself. */
@Module({})
export class DemoModule implements OnModuleInit {
  static of(options: DripOptions): DynamicModule {
    return {
      module: DemoModule,
      controllers: [DripController],
      providers: [Drip, { provide: DRIP_OPTIONS, useValue: options }],
      exports: [Drip],
    };
  }

  constructor(
    private readonly drip: Drip,
    private readonly runner: WorkerRunner,
  ) {}

  onModuleInit(): void {
    this.runner.register({ name: 'demo', kind: 'ticker', run: ({ signal }) => this.drip.run(signal) });
  }
}
