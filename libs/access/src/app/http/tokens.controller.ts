import { Body, Controller, Delete, Header, HttpCode, Param, Post } from '@nestjs/common';
import { instantOf, type Instant } from '@onedoor/kernel';
import { actorOf, Allow, bodyOf, CurrentPrincipal, RequestProblem, type Principal, type Role } from '@onedoor/platform';
import { ApiTokens } from '../api-tokens.js';
import { standingOf } from './fields.js';
import { IssueTokenDto } from './issue-token.dto.js';
import { refused, throwIfRefused } from './refused.js';

interface TokenIssued {
  readonly id: string;
  /** To be sent as `Authorization: Bearer …`. Shown here once and never again. */
  readonly token: string;
  readonly role: Role;
  readonly department: string | null;
  readonly label: string;
  readonly expiresAt: Instant | null;
}

/** What other systems sign in with, kept by administrators. */
@Controller('api/v1/tokens')
export class TokensController {
  constructor(private readonly tokens: ApiTokens) {}

  @Post()
  @Allow('administrator')
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
