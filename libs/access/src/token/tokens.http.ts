import { Body, Controller, Delete, Header, HttpCode, Param, Post } from '@nestjs/common';
import { instantOf, type Instant } from '@onedoor/kernel';
import { actorOf, Allow, bodyOf, CurrentPrincipal, Describe, RequestProblem, type Principal } from '@onedoor/platform';
import { ApiTokens } from './api-tokens.service.js';
import { TOKEN_ISSUED, type TokenIssued } from '../answers.http.js';
import { standingOf } from '../fields.http.js';
import { IssueTokenDto } from './issue-token.http.js';
import { refused, throwIfRefused } from '../refused.http.js';

/** What other systems sign in with, kept by administrators. */
@Controller('api/v1/tokens')
@Describe({ tag: 'Accounts' })
export class TokensController {
  constructor(private readonly tokens: ApiTokens) {}

  @Post()
  @Allow('administrator')
  @Describe({
    summary: 'Issue a token for another system',
    answer: TOKEN_ISSUED,
    example: { label: 'Work orders of Streets', role: 'department', department: 'streets', expiresAt: '2027-01-31T00:00:00Z' },
    refuses: { 400: ['DEPARTMENT_REQUIRED', 'DEPARTMENT_NOT_ALLOWED', 'EXPIRY_PAST'] },
  })
  @Header('cache-control', 'no-store')
  async issue(@Body(bodyOf(IssueTokenDto)) draft: IssueTokenDto, @CurrentPrincipal() principal: Principal): Promise<TokenIssued> {
    const { label } = draft;
    const terms = { ...standingOf(draft), label, expiresAt: instantIn(draft.expiresAt ?? null) };
    const issued = await this.tokens.issue(terms, actorOf(principal));
    if (issued.outcome === 'rejected') throw refused(issued);
    return { id: issued.id, token: issued.bearer, ...terms };
  }

  @Delete(':id')
  @Allow('administrator')
  @Describe({ summary: 'Revoke a token', refuses: { 404: ['TOKEN_UNKNOWN'] } })
  @HttpCode(204)
  async revoke(@Param('id') id: string, @CurrentPrincipal() principal: Principal): Promise<void> {
    throwIfRefused(await this.tokens.revoke(id, actorOf(principal)));
  }
}

function instantIn(text: string | null): Instant | null {
  if (text === null) return null;
  const ms = Date.parse(text.replace(' ', 'T').toUpperCase());
  if (Number.isNaN(ms)) throw new RequestProblem(400, ['expiresAt: there is no such instant']);
  return instantOf(ms);
}
