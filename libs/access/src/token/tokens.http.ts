import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import {
  Allow,
  bodyOf,
  CursorQueryDto,
  Describe,
  flag,
  instant,
  json,
  LINK_TO_NEXT,
  linkToNext,
  list,
  orNull,
  pageOf,
  PORTS,
  readCursor,
  record,
  text,
  writeCursor,
  type Ports,
  type Reply,
} from '@onedoor/platform';
import { ROLE_MEMBERS } from '../account/account-answers.http.js';
import { TOKEN_LIST, type ListedToken } from './token-list.js';

class TokensQueryDto extends CursorQueryDto {}

const TOKENS_PAGE = json(
  'A page of the tokens.',
  list(
    record<ListedToken>('ListedToken', {
      id: text('By which it is revoked.'),
      ...ROLE_MEMBERS,
      label: text('The system that uses it.'),
      expiresAt: orNull(instant('From when it is refused; null: without an end.')),
      isRevoked: flag('Whether it was revoked.'),
      issuedAt: instant('When it was issued.'),
    }),
  ),
  { headers: { Link: LINK_TO_NEXT } },
);

const PATH = 'api/v1/tokens';
const USUAL_ROWS = 50;

/** The tokens of other systems, without their secrets. Issuing and revoking them are commands. */
@Controller(PATH)
export class TokensController {
  constructor(@Inject(PORTS) private readonly ports: Pick<Ports, 'readModels'>) {}

  @Get()
  @Allow('administrator')
  @Describe({ tag: 'Accounts', summary: 'The tokens, oldest first', answer: TOKENS_PAGE })
  async tokens(
    @Query(bodyOf(TokensQueryDto)) query: TokensQueryDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<readonly ListedToken[]> {
    const limit = Number(query.limit ?? USUAL_ROWS);
    const after = query.cursor === undefined ? null : readCursor(query.cursor);
    const found = await this.ports.readModels.find(TOKEN_LIST.collection, {
      sort: { field: 'issuedAt' },
      ...(after !== null && { after: { value: after.at, id: after.id } }),
      limit: limit + 1,
    });
    const { rows, next } = pageOf(found, limit, ({ issuedAt, id }: ListedToken) => ({ at: issuedAt, id }));
    if (next !== null) reply.header('link', linkToNext(PATH, { ...query, cursor: writeCursor(next) }));
    return rows;
  }
}
