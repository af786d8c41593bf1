import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Query as DocumentQuery } from '@onedoor/engine';
import { PORTS, type Ports } from '@onedoor/platform';
import { NOTIFICATION_LEDGER, type LedgerEntry } from './notification-ledger.js';

/** Asks for a page of the ledger. */
export class ListNotifications extends Query<readonly LedgerEntry[]> {
  constructor(readonly wanted: DocumentQuery) {
    super();
  }
}

@QueryHandler(ListNotifications)
export class ListNotificationsHandler implements IQueryHandler<ListNotifications> {
  constructor(@Inject(PORTS) private readonly ports: Pick<Ports, 'readModels'>) {}

  async execute({ wanted }: ListNotifications): Promise<readonly LedgerEntry[]> {
    const found = await this.ports.readModels.find(NOTIFICATION_LEDGER.collection, wanted);
    return found.map(({ body }) => body as unknown as LedgerEntry);
  }
}
