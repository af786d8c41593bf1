import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import type { Outbox } from '@onedoor/engine';
import { Describe, Operators, RequestProblem, text } from '@onedoor/platform';
import { pagePolicy } from '@onedoor/ui';
import { renderMessagePage, renderOutbox } from './outbox.page.js';

/** Injection token of the outbox that is shown. */
export const OUTBOX = Symbol('notifications.outbox');

const LATEST = 50;
const POLICY = pagePolicy({ forms: false });

/** The messages of a demonstration, as residents get them. Registered only where the outbox is shown. */
@Operators()
@Controller('outbox')
@Describe({ tag: 'Demonstration' })
export class OutboxController {
  constructor(@Inject(OUTBOX) private readonly outbox: Outbox) {}

  @Get()
  @Describe({
    summary: 'The messages of a demonstration, as residents get them',
    answer: { says: 'A page.', content: { 'text/html': { schema: text('The latest messages.') } } },
  })
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', POLICY)
  @Header('x-content-type-options', 'nosniff')
  @Header('referrer-policy', 'no-referrer')
  async list(): Promise<string> {
    return renderOutbox(await this.outbox.latest(LATEST));
  }

  @Get(':id')
  @Describe({
    summary: 'One message of a demonstration',
    answer: { says: 'A page.', content: { 'text/html': { schema: text('The message.') } } },
    refuses: { 404: [] },
  })
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', POLICY)
  @Header('x-content-type-options', 'nosniff')
  @Header('referrer-policy', 'no-referrer')
  async read(@Param('id') id: string): Promise<string> {
    const message = await this.outbox.read(id);
    if (message === null) throw new RequestProblem(404, ['There is no message of this id in the outbox']);
    return renderMessagePage(message);
  }
}
