import { CATALOG_TOPIC, INTAKE_TOPIC, NOTIFICATIONS_TOPIC } from '@onedoor/contracts';
import type { Projection } from '@onedoor/engine';
import { contextAggregate, defineContext, type Context } from '@onedoor/platform';
import { CORRESPONDENCE } from './correspondence/decider.js';
import { SENDER_CITY_COMMANDS, SenderCities } from './city/sender-cities.service.js';
import { reactToCatalog, SENDER_CITY } from './city/sender-city.js';
import { CORRESPONDENCE_COMMANDS } from './correspondence/commands/index.js';
import { describeCorrespondence } from './correspondence/describe.js';
import { presentCorrespondence } from './correspondence/present.service.js';
import { publishCorrespondence } from './correspondence/publish.js';
import { reactToIntake } from './correspondence/react.js';
import { Courier } from './delivery/courier.worker.js';
import { DeliveryRecord } from './delivery/delivery-record.service.js';
import { PENDING_NOTIFICATIONS } from './delivery/pending-notifications.js';
import { LedgerController } from './ledger/ledger.http.js';
import { ListNotificationsHandler } from './ledger/list-notifications.service.js';
import { NOTIFICATION_LEDGER } from './ledger/notification-ledger.js';
import { OUTBOX, OutboxController } from './outbox/outbox.http.js';

/** What is written to residents, and what became of it. */
export const NOTIFICATIONS: Context = defineContext({
  name: 'notifications',
  aggregates: [
    contextAggregate({
      of: CORRESPONDENCE,
      commands: CORRESPONDENCE_COMMANDS,
      idIsReference: true,
      // A reference stands there only as long as something is still to be written about it.
      shownIn: PENDING_NOTIFICATIONS.collection,
      publish: publishCorrespondence,
      describe: describeCorrespondence,
      present: presentCorrespondence,
    }),
    contextAggregate({
      of: SENDER_CITY,
      commands: SENDER_CITY_COMMANDS,
      idIsReference: false,
      describe: ({ data: { name, zone } }) => `Residents are written to by ${name}, in the time of ${zone}`,
    }),
  ],
  projections: [PENDING_NOTIFICATIONS, NOTIFICATION_LEDGER] as unknown as readonly Projection[],
  topics: [NOTIFICATIONS_TOPIC],
  consumes: { topics: [CATALOG_TOPIC, INTAKE_TOPIC], react: (event) => [...reactToCatalog(event), ...reactToIntake(event)] },
  // Imports and tests run no tickers: they record what is to be sent, and send nothing.
  workers: [Courier],
  vault: { opensContacts: ['notify'] },
  http: [LedgerController],
  demoHttp: [OutboxController],
  providers: [DeliveryRecord, ListNotificationsHandler, SenderCities],
  settings: ({ outbox }) => (outbox === null ? [] : [{ provide: OUTBOX, useValue: outbox }]),
  exports: [Courier],
});
