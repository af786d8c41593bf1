import { Controller, Get, Header, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Allow, Describe, text } from '@onedoor/platform';
import { LEDGER_PAGE, type LedgerPage } from './ledger-answer.http.js';
import { cursorOf, ledgerQuery, type LedgerParameters } from './ledger-query.http.js';
import { ListNotifications } from './list-notifications.service.js';

/** What residents were written, for those who answer for it: when, how often tried, with which result; never an address or the words. */
@Controller('api/v1/notifications')
export class LedgerController {
  constructor(private readonly queries: QueryBus) {}

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
    const notifications = await this.queries.execute(new ListNotifications(query));
    const last = notifications.at(-1);
    return { notifications, next: last !== undefined && notifications.length === query.limit ? cursorOf(last) : null };
  }
}
