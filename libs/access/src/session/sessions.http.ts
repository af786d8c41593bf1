import { Body, Controller, Delete, Header, Headers, HttpCode, Ip, Post } from '@nestjs/common';
import {
  actorOf,
  Allow,
  Anyone,
  bearerOf,
  bodyOf,
  CurrentPrincipal,
  Describe,
  RequestProblem,
  ROLES,
  type Principal,
} from '@onedoor/platform';
import { Sessions } from './sessions.service.js';
import { SignIn } from '../account/sign-in.service.js';
import { SESSION_BEGUN, type SessionBegun } from '../answers.http.js';
import { tooManyAttempts } from '../refused.http.js';
import { SignInDto } from './sign-in.http.js';

/** Signing in and out. */
@Controller('api/v1/sessions')
@Describe({ tag: 'Sessions' })
export class SessionsController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
  ) {}

  @Post()
  @Anyone()
  @Describe({
    summary: 'Sign in',
    answer: SESSION_BEGUN,
    example: { account: 'streets-desk', password: 'a long and private one' },
    refuses: { 401: ['SIGN_IN_REFUSED'], 429: ['TOO_MANY_ATTEMPTS', 'TOO_MANY_AT_ONCE'] },
  })
  @Header('cache-control', 'no-store')
  async begin(@Body(bodyOf(SignInDto)) { account: id, password }: SignInDto, @Ip() client: string): Promise<SessionBegun> {
    const proof = await this.signIn.prove(id, password, client);
    if (proof.outcome === 'later') throw tooManyAttempts(proof);
    if (proof.outcome === 'refused') throw new RequestProblem(401, ['The account or the password is wrong'], { code: 'SIGN_IN_REFUSED' });
    return { ...(await this.sessions.begin(id, proof.account.generation)), ...proof.account.standing };
  }

  /** Ends the session that asks, and no other of its account. */
  @Delete('current')
  @Allow(...ROLES)
  @Describe({ summary: 'Sign out: end the session that asks', refuses: { 409: ['NO_SESSION'] } })
  @HttpCode(204)
  async end(@Headers() headers: Readonly<Record<string, string | undefined>>, @CurrentPrincipal() principal: Principal): Promise<void> {
    const isEnded = await this.sessions.end(bearerOf(headers) ?? '', actorOf(principal));
    if (!isEnded)
      throw new RequestProblem(409, ['A token of a system has no session: an administrator revokes it'], { code: 'NO_SESSION' });
  }
}
