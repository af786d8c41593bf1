import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  Allow,
  bodyOf,
  count,
  CursorQueryDto,
  Describe,
  instant,
  json,
  LINK_TO_NEXT,
  linkToNext,
  list,
  readCursor,
  record,
  text,
  writeCursor,
  type Reply,
} from '@onedoor/platform';
import { IsOptional, Matches } from 'class-validator';
import { ListParkedKeys, type ListedKey, type ParkedKeysPage } from './list-parked-keys.service.js';

class ParkedKeysQueryDto extends CursorQueryDto {
  @IsOptional()
  @Matches(/^[a-z]{1,40}$/, { message: 'group: must be the name of a consumer, such as routing' })
  group?: string;
}

const PARKED_KEYS_PAGE = json(
  'A page of the parked keys.',
  list(
    record<ListedKey>('ParkedKey', {
      id: text('By which it is released or dropped.'),
      group: text('The consumer that it waits for.'),
      key: text('What its messages are about, such as a reference.'),
      since: instant('Since when.'),
      reason: text('Why its first message failed, in one line.'),
      attempts: count('Retries so far.'),
      nextAt: instant('When it is retried next.'),
      messageType: text('The type of its first message, which the others wait behind.'),
      messageId: text('The id of that message.'),
    }),
  ),
  { headers: { Link: LINK_TO_NEXT } },
);

const PATH = 'api/v1/parked';
const USUAL_ROWS = 50;

/** The keys whose messages wait because one of them fails. */
@Controller(PATH)
export class ParkedKeysController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Allow('administrator')
  @Describe({
    tag: 'Operation',
    summary: 'The parked keys, by consumer, those that wait longest first',
    answer: PARKED_KEYS_PAGE,
  })
  async keys(
    @Query(bodyOf(ParkedKeysQueryDto)) query: ParkedKeysQueryDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<readonly ListedKey[]> {
    const after = query.cursor === undefined ? null : readCursor(query.cursor);
    const wanted = new ListParkedKeys(query.group ?? null, after, Number(query.limit ?? USUAL_ROWS));
    const { keys, next } = await this.queries.execute<ListParkedKeys, ParkedKeysPage>(wanted);
    if (next !== null) reply.header('link', linkToNext(PATH, { ...query, cursor: writeCursor(next) }));
    return keys;
  }
}
