import { Inject, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { INTAKE_TOPIC } from '@onedoor/contracts';
import type { Dispatch, Projection } from '@onedoor/engine';
import { consumerWorker, PORTS, projectorWorker, relayWorker, WorkerRunner, type Ports } from '@onedoor/platform';
import type { CorrespondenceCommand } from './correspondence/command.js';
import { CorrespondenceHandler, CorrespondenceMessage } from './correspondence/correspondence-handler.service.js';
import { Courier } from './delivery/courier.worker.js';
import { DeliveryRecord } from './delivery/delivery-record.service.js';
import { LedgerController } from './ledger/ledger.http.js';
import { NOTIFICATIONS_OPTIONS, type NotificationsOptions } from './notifications-options.js';
import { OUTBOX } from './outbox/outbox-token.js';
import { OutboxController } from './outbox/outbox.http.js';
import { NOTIFICATION_LEDGER } from './ledger/notification-ledger.js';
import { PENDING_NOTIFICATIONS } from './delivery/pending-notifications.js';
import { NOTIFICATIONS_PUBLICATIONS } from './correspondence/publications.service.js';
import { reactToIntake } from './correspondence/react.js';

/** The read models of notifications. */
export const NOTIFICATIONS_PROJECTIONS = [PENDING_NOTIFICATIONS, NOTIFICATION_LEDGER] as unknown as readonly Projection[];

/** What is written to residents, and what became of it. */
@Module({})
export class NotificationsModule implements OnModuleInit {
  static of(options: NotificationsOptions): DynamicModule {
    const { outbox } = options;
    return {
      module: NotificationsModule,
      imports: [CqrsModule.forRoot()],
      controllers: outbox === undefined ? [LedgerController] : [LedgerController, OutboxController],
      providers: [
        { provide: NOTIFICATIONS_OPTIONS, useValue: options },
        ...(outbox === undefined ? [] : [{ provide: OUTBOX, useValue: outbox }]),
        CorrespondenceHandler,
        Courier,
        DeliveryRecord,
      ],
      exports: [Courier],
    };
  }

  constructor(
    @Inject(NOTIFICATIONS_OPTIONS) private readonly options: NotificationsOptions,
    @Inject(PORTS) private readonly ports: Ports,
    private readonly commands: CommandBus,
    private readonly courier: Courier,
    private readonly runner: WorkerRunner,
  ) {}

  onModuleInit(): void {
    const { ports } = this;
    const dispatch: Dispatch = ({ id, command }, at, envelope) =>
      this.commands.execute(new CorrespondenceMessage(id, { ...command, at } as CorrespondenceCommand, envelope));
    const { recordedAt } = this.options;
    this.runner.register(
      ...NOTIFICATIONS_PROJECTIONS.map((projection) => projectorWorker(projection, ports)),
      relayWorker('notifications', NOTIFICATIONS_PUBLICATIONS, ports),
      consumerWorker({
        group: 'notifications',
        topics: [INTAKE_TOPIC],
        react: reactToIntake,
        dispatch,
        ports,
        ...(recordedAt && { recordedAt }),
      }),
      // Nobody settles a ticker: an import or a test writes down what is to be sent, and sends nothing.
      { name: 'courier', kind: 'ticker', run: ({ signal }) => this.courier.run(signal), due: () => this.courier.due() },
    );
  }
}
