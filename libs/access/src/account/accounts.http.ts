import { Body, Controller, Delete, HttpCode, Ip, Param, Post, Put } from '@nestjs/common';
import { actorOf, Allow, bodyOf, CurrentPrincipal, Describe, RequestProblem, ROLES, type Principal, type Role } from '@onedoor/platform';
import { Accounts } from './accounts.service.js';
import { Passwords } from './passwords.service.js';
import { SignIn } from './sign-in.service.js';
import { ACCOUNT_CREATED } from '../answers.http.js';
import { CreateAccountDto } from './create-account.http.js';
import { standingOf, StandingFields } from '../fields.http.js';
import { throwIfRefused, tooManyAttempts } from '../refused.http.js';
import { SetPasswordDto } from './set-password.http.js';

/** Accounts, kept by administrators. Ids are given by whoever asks, so a request that is sent again finds what it made. */
@Controller('api/v1/accounts')
@Describe({ tag: 'Accounts' })
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly signIn: SignIn,
  ) {}

  @Post()
  @Allow('administrator')
  @Describe({
    summary: 'Make an account',
    answer: ACCOUNT_CREATED,
    example: { id: 'streets-desk', password: 'a long and private one', role: 'department', department: 'streets' },
    refuses: { 400: ['DEPARTMENT_REQUIRED', 'DEPARTMENT_NOT_ALLOWED'], 409: ['ACCOUNT_EXISTS'], 429: ['TOO_MANY_AT_ONCE'] },
  })
  async create(
    @Body(bodyOf(CreateAccountDto)) draft: CreateAccountDto,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ readonly id: string; readonly role: Role; readonly department: string | null }> {
    const standing = standingOf(draft);
    const hash = await this.passwords.hash(draft.password);
    throwIfRefused(await this.accounts.create(draft.id, standing, { hash }, actorOf(principal)));
    return { id: draft.id, ...standing };
  }

  /** One's own, by the present one; somebody else's, by an administrator. Every session of the account ends. */
  @Put(':id/password')
  @Allow(...ROLES)
  @Describe({
    summary: "Set an account's password",
    details: "One's own, by the present one; somebody else's, by an administrator. Every session of the account ends.",
    refuses: {
      403: ['PASSWORD_WRONG'],
      404: ['ACCOUNT_UNKNOWN'],
      409: ['ACCOUNT_DISABLED'],
      429: ['TOO_MANY_ATTEMPTS', 'TOO_MANY_AT_ONCE'],
    },
  })
  @HttpCode(204)
  async setPassword(
    @Param('id') id: string,
    @Body(bodyOf(SetPasswordDto)) draft: SetPasswordDto,
    @CurrentPrincipal() principal: Principal,
    @Ip() client: string,
  ): Promise<void> {
    if (isSelf(principal, id)) await this.proveAgain(id, draft, client);
    else if (principal.role !== 'administrator')
      throw new RequestProblem(403, ["Only an administrator sets another account's password"], { code: 'ROLE_NOT_ALLOWED' });
    const hash = await this.passwords.hash(draft.password);
    throwIfRefused(await this.accounts.setPassword(id, { hash }, actorOf(principal)));
  }

  @Put(':id/role')
  @Allow('administrator')
  @Describe({
    summary: 'Give an account another role',
    refuses: {
      400: ['DEPARTMENT_REQUIRED', 'DEPARTMENT_NOT_ALLOWED'],
      404: ['ACCOUNT_UNKNOWN'],
      409: ['ACCOUNT_DISABLED', 'ACCOUNT_IS_OWN'],
    },
  })
  @HttpCode(204)
  async grantRole(
    @Param('id') id: string,
    @Body(bodyOf(StandingFields)) standing: StandingFields,
    @CurrentPrincipal() principal: Principal,
  ): Promise<void> {
    refuseSelf(principal, id);
    throwIfRefused(await this.accounts.grantRole(id, standingOf(standing), actorOf(principal)));
  }

  /** Disables it for good. Its id stays taken. */
  @Delete(':id')
  @Allow('administrator')
  @Describe({ summary: 'Disable an account for good', refuses: { 404: ['ACCOUNT_UNKNOWN'], 409: ['ACCOUNT_IS_OWN'] } })
  @HttpCode(204)
  async disable(@Param('id') id: string, @CurrentPrincipal() principal: Principal): Promise<void> {
    refuseSelf(principal, id);
    throwIfRefused(await this.accounts.disable(id, actorOf(principal)));
  }

  private async proveAgain(id: string, { current }: SetPasswordDto, client: string): Promise<void> {
    if (current === undefined) throw new RequestProblem(400, ['current: is required to change your own password']);
    const proof = await this.signIn.prove(id, current, client);
    if (proof.outcome === 'later') throw tooManyAttempts(proof);
    if (proof.outcome === 'refused')
      throw new RequestProblem(403, ['current: is not the password of this account'], { code: 'PASSWORD_WRONG' });
  }
}

const isSelf = ({ kind, id: own }: Principal, id: string): boolean => kind === 'account' && own === id;

/** Administrators who lock themselves out could leave nobody who lets others in. */
function refuseSelf(principal: Principal, id: string): void {
  if (isSelf(principal, id))
    throw new RequestProblem(409, ['Another administrator does this to your own account'], { code: 'ACCOUNT_IS_OWN' });
}
