import { Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { ROUTING_TOPIC, type PublicEvent } from '@onedoor/contracts';
import type { Dispatch, Projection } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import { consumerWorker, PORTS, projectorWorker, relayWorker, WorkerRunner, type Ports } from '@onedoor/platform';
import type { ServiceRequestCommand } from '../domain/service-request/commands.js';
import { Catalog } from './catalog.js';
import { ApiKeys } from './open311/api-keys.js';
import { Open311Controller } from './open311/open311.controller.js';
import { REQUEST_STATUS } from './projections/request-status.js';
import { INTAKE_PUBLICATIONS } from './publish.js';
import { reactToRouting } from './react.js';
import { RequestQueries } from './request-queries.js';
import { ServiceRequestHandler, ServiceRequestMessage } from './service-request.handler.js';
import { SubmissionDesk } from './submission-desk.js';

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
