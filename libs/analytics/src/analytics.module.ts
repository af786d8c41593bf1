import { Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { INTAKE_TOPIC, ROUTING_TOPIC, type PublicEvent } from '@onedoor/contracts';
import { checkpointOf, lagOf, type Dispatch } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import { consumerWorker, PORTS, WorkerRunner, type Ports } from '@onedoor/platform';
import { dated } from './fact/dated.js';
import { FactHandler, FactMessage } from './fact/fact-handler.service.js';
import { FiguresProjector } from './figures/figures-projector.worker.js';
import { FiguresController } from './figures/figures.http.js';
import { FIGURES } from './figures/collections.js';
import { reactToPublic, type WantFact } from './fact/react.js';

export interface AnalyticsOptions {
  /** The IANA zone of the city's days; asked for with each fact, so it is to be kept. */
  readonly zone: () => Promise<string>;
  /** When a reaction counts as written: now, unless an import runs on its own clock. */
  readonly recordedAt?: (event: PublicEvent) => Instant;
}

const OPTIONS = Symbol('analytics.options');

/** The figures: what was opened, closed, promised and kept, recomputed from facts and never counted along. */
@Module({})
export class AnalyticsModule implements OnModuleInit {
  static of(options: AnalyticsOptions): DynamicModule {
    return {
      module: AnalyticsModule,
      imports: [CqrsModule.forRoot()],
      controllers: [FiguresController],
      providers: [{ provide: OPTIONS, useValue: options }, FactHandler],
    };
  }

  constructor(
    @Inject(OPTIONS) private readonly options: AnalyticsOptions,
    @Inject(PORTS) private readonly ports: Ports,
    private readonly commands: CommandBus,
    private readonly runner: WorkerRunner,
  ) {}

  onModuleInit(): void {
    const { ports, record: dispatch } = this;
    const { recordedAt } = this.options;
    const projector = new FiguresProjector(ports);
    const follower = { checkpoint: checkpointOf(FIGURES), categories: FIGURES.categories };
    this.runner.register(
      {
        name: FIGURES.collection.name,
        kind: 'projector',
        run: (run) => projector.run(run),
        lag: () => lagOf(follower, ports, ports.clock.now()),
      },
      consumerWorker({
        group: 'analytics',
        topics: [INTAKE_TOPIC, ROUTING_TOPIC],
        react: reactToPublic,
        dispatch,
        ports,
        ...(recordedAt && { recordedAt }),
      }),
    );
  }

  private readonly record: Dispatch = async ({ id, command }, at, envelope) =>
    this.commands.execute(new FactMessage(id, dated(command as WantFact, at, await this.options.zone()), envelope));
}
