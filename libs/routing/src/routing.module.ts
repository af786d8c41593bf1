import { Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { INTAKE_TOPIC, type PublicEvent } from '@onedoor/contracts';
import type { Dispatch, Projection } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import { consumerWorker, PORTS, projectorWorker, relayWorker, WorkerRunner, type Ports } from '@onedoor/platform';
import { CaseDesk } from './case/case-desk.service.js';
import { CaseQueues } from './case/case-queues.service.js';
import { CaseHandler, CaseMessage } from './case/case-handler.service.js';
import { Charter } from './charter.service.js';
import { Clocks } from './case/clocks.worker.js';
import { CasesController } from './case/cases.http.js';
import { DepartmentDoor } from './case/department-access.http.js';
import { QueuesController } from './case/queues.http.js';
import { WorkController } from './work/work.http.js';
import { Policies } from './case/policies.service.js';
import { Preparation } from './case/preparation.service.js';
import { CASE_OVERVIEW } from './case/case-overview.js';
import { DUE_LIST } from './case/due-list.js';
import { ROUTING_PUBLICATIONS } from './case/publications.service.js';
import { reactToIntake, type WantCase } from './case/react.js';
import { WorkFeed } from './work/work-feed.service.js';

export interface RoutingOptions {
  /** When a reaction counts as written: now, unless an import runs on its own clock. */
  readonly recordedAt?: (event: PublicEvent) => Instant;
}

/** The read models of routing. */
export const ROUTING_PROJECTIONS = [CASE_OVERVIEW, DUE_LIST] as unknown as readonly Projection[];

const OPTIONS = Symbol('routing.options');

/** The work: cases, the departments that agreed to do them, and the clocks they run against. */
@Module({})
export class RoutingModule implements OnModuleInit {
  static of(options: RoutingOptions): DynamicModule {
    return {
      module: RoutingModule,
      imports: [CqrsModule.forRoot()],
      controllers: [CasesController, QueuesController, WorkController],
      providers: [
        { provide: OPTIONS, useValue: options },
        CaseDesk,
        CaseHandler,
        CaseQueues,
        Charter,
        Clocks,
        DepartmentDoor,
        Policies,
        Preparation,
        WorkFeed,
      ],
      exports: [Charter, Clocks, Policies],
    };
  }

  constructor(
    @Inject(OPTIONS) private readonly options: RoutingOptions,
    @Inject(PORTS) private readonly ports: Ports,
    private readonly commands: CommandBus,
    private readonly policies: Policies,
    private readonly clocks: Clocks,
    private readonly runner: WorkerRunner,
  ) {}

  onModuleInit(): void {
    const { ports } = this;
    const { recordedAt } = this.options;
    const ticker = this.clocks.ticker();
    this.runner.register(
      ...ROUTING_PROJECTIONS.map((projection) => projectorWorker(projection, ports)),
      relayWorker('routing', ROUTING_PUBLICATIONS, ports),
      consumerWorker({
        group: 'routing',
        topics: [INTAKE_TOPIC],
        react: reactToIntake,
        dispatch: this.openCase,
        ports,
        ...(recordedAt && { recordedAt }),
      }),
      { name: 'ticker', kind: 'ticker', run: ({ signal }) => ticker.run(signal), due: () => this.clocks.due() },
    );
  }

  /** Works out where the case goes under what is agreed at its instant, then asks the decider. */
  private readonly openCase: Dispatch = async ({ id, command }, at, envelope) => {
    const { service, visibility, department } = command as WantCase;
    const placement = await this.policies.place(service, department, at);
    return this.commands.execute(new CaseMessage(id, { type: 'OpenCase', at, service, visibility, placement }, envelope));
  };
}
