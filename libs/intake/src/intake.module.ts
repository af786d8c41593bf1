import { Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { ROUTING_TOPIC, type PublicEvent } from '@onedoor/contracts';
import type { Dispatch, Projection } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import { consumerWorker, PORTS, projectorWorker, relayWorker, WorkerRunner, type Ports } from '@onedoor/platform';
import type { ServiceRequestCommand } from './request/command.js';
import { Catalog } from './catalog/catalog.service.js';
import { ApiKeys } from './open311/api-keys.service.js';
import { Open311Controller } from './open311/open311.http.js';
import { REQUEST_STATUS } from './request/request-status.js';
import { INTAKE_PUBLICATIONS } from './request/publications.service.js';
import { reactToRouting } from './request/react.js';
import { RequestQueries } from './request/request-queries.service.js';
import { ServiceRequestHandler, ServiceRequestMessage } from './request/request-handler.service.js';
import { SubmissionDesk } from './request/submission-desk.service.js';

export interface IntakeOptions {
  /** The keys that may post by Open311. */
  readonly open311Keys: readonly string[];
  /** When a reaction counts as written: now, unless an import runs on its own clock. */
  readonly recordedAt?: (event: PublicEvent) => Instant;
}

/** The read models of intake. */
export const INTAKE_PROJECTIONS = [REQUEST_STATUS] as unknown as readonly Projection[];

const OPTIONS = Symbol('intake.options');

/** The front door: takes reports in, answers for what was reported, and keeps what the resident was told. */
@Module({})
export class IntakeModule implements OnModuleInit {
  static of(options: IntakeOptions): DynamicModule {
    return {
      module: IntakeModule,
      imports: [CqrsModule.forRoot()],
      controllers: [Open311Controller],
      providers: [
        { provide: OPTIONS, useValue: options },
        { provide: ApiKeys, useValue: new ApiKeys(options.open311Keys) },
        Catalog,
        RequestQueries,
        ServiceRequestHandler,
        SubmissionDesk,
      ],
      exports: [Catalog, RequestQueries, SubmissionDesk],
    };
  }

  constructor(
    @Inject(OPTIONS) private readonly options: IntakeOptions,
    @Inject(PORTS) private readonly ports: Ports,
    private readonly commands: CommandBus,
    private readonly runner: WorkerRunner,
  ) {}

  onModuleInit(): void {
    const { ports } = this;
    const dispatch: Dispatch = ({ id, command }, at, envelope) =>
      this.commands.execute(new ServiceRequestMessage(id, { ...command, at } as ServiceRequestCommand, envelope));
    const { recordedAt } = this.options;
    this.runner.register(
      ...INTAKE_PROJECTIONS.map((projection) => projectorWorker(projection, ports)),
      relayWorker('intake', INTAKE_PUBLICATIONS, ports),
      consumerWorker({
        group: 'intake',
        topics: [ROUTING_TOPIC],
        react: reactToRouting,
        dispatch,
        ports,
        ...(recordedAt && { recordedAt }),
      }),
    );
  }
}
