import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { Allow, Describe, PORTS, text, type Ports } from '@onedoor/platform';
import { NOTIFICATION_LEDGER, type LedgerEntry } from './notification-ledger.js';
import { LEDGER_PAGE, type LedgerPage } from './ledger-answer.http.js';
import { cursorOf, ledgerQuery, type LedgerParameters } from './ledger-query.http.js';

/** What residents were written, for those who answer for it: when, how often tried, with which result; never an address or the words. */
@Controller('api/v1/notifications')
export class LedgerController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Get()
  @Describe({
    tag: 'Notifications',
    summary: 'What residents were written; never to whom, and never the words',
    query: {
      reference: { schema: text('Only those about one request.') },
      cursor: { schema: { type: 'string', pattern: '^[\\w-]{1,100}$', description: 'Where an earlier page ended.' } },
      limit: { schema: { type: 'integer', minimum: 1, maximum: 200, description: 'Rows of a page; 50 without it.' } },
    },
    answer: LEDGER_PAGE,
  })
  @Allow('router', 'auditor', 'administrator')
  @Header('cache-control', 'no-store')
  async page(@Query() parameters: LedgerParameters): Promise<LedgerPage> {
    const query = ledgerQuery(parameters);
    const found = await this.ports.readModels.find(NOTIFICATION_LEDGER.collection, query);
    const notifications = found.map(({ body }) => body as unknown as LedgerEntry);
    const last = notifications.at(-1);
    return { notifications, next: last !== undefined && notifications.length === query.limit ? cursorOf(last) : null };
  }
}
