import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import {
  Allow,
  bodyOf,
  Describe,
  flag,
  instant,
  json,
  LINK_TO_NEXT,
  linkToNext,
  list,
  PageQueryDto,
  pageOf,
  PORTS,
  record,
  text,
  type Ports,
  type Reply,
} from '@onedoor/platform';
import { IsOptional } from 'class-validator';
import { ROLE_MEMBERS } from './account-answers.http.js';
import { ACCOUNT_LIST, type ListedAccount } from './account-list.js';
import { AccountIdText } from './commands/command.js';

class AccountsQueryDto extends PageQueryDto {
  /** The last account of the page before. */
  @IsOptional() @AccountIdText('cursor') cursor?: string;
}

const ACCOUNTS_PAGE = json(
  'A page of the accounts.',
  list(
    record<ListedAccount>('ListedAccount', {
      id: text('The name it signs in with.'),
      ...ROLE_MEMBERS,
      isDisabled: flag('Whether it was disabled for good.'),
      createdAt: instant('Since when there is such an account.'),
    }),
  ),
  { headers: { Link: LINK_TO_NEXT } },
);

const PATH = 'api/v1/accounts';
const USUAL_ROWS = 50;

/** The accounts of the city. Making and changing them are commands. */
@Controller(PATH)
export class AccountsController {
  constructor(@Inject(PORTS) private readonly ports: Pick<Ports, 'readModels'>) {}

  @Get()
  @Allow('administrator')
  @Describe({ tag: 'Accounts', summary: 'The accounts, in the order of their ids', answer: ACCOUNTS_PAGE })
  async accounts(
    @Query(bodyOf(AccountsQueryDto)) query: AccountsQueryDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<readonly ListedAccount[]> {
    const limit = Number(query.limit ?? USUAL_ROWS);
    const { cursor } = query;
    const found = await this.ports.readModels.find(ACCOUNT_LIST.collection, {
      sort: { field: 'id' },
      ...(cursor !== undefined && { after: { value: cursor, id: cursor } }),
      limit: limit + 1,
    });
    const { rows, next } = pageOf(found, limit, ({ id }: ListedAccount) => id);
    if (next !== null) reply.header('link', linkToNext(PATH, { ...query, cursor: next }));
    return rows;
  }
}
