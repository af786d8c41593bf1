import { Body, Controller, Delete, Header, Headers, HttpCode, Ip, Post } from '@nestjs/common';
import { actorOf, Allow, Anyone, bearerOf, bodyOf, CurrentPrincipal, RequestProblem, ROLES, type Principal, type Role } from '@onedoor/platform';
import { Sessions } from '../sessions.js';
import { SignIn } from '../sign-in.js';
import { tooManyAttempts } from './refused.js';
import { SignInDto } from './sign-in.dto.js';

interface SessionBegun {
  /** To be sent as `Authorization: Bearer …`. */
  readonly token: string;
  readonly expiresAt: string;
  readonly role: Role;
  readonly department: string | null;
}

/** Signing in and out. */
@Controller('api/v1/sessions')
export class SessionsController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
  ) {}

  @Post()
  @Anyone()
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
  @HttpCode(204)
  async end(@Headers() headers: Readonly<Record<string, string | undefined>>, @CurrentPrincipal() principal: Principal): Promise<void> {
    const isEnded = await this.sessions.end(bearerOf(headers) ?? '', actorOf(principal));
    if (!isEnded) throw new RequestProblem(409, ['A token of a system has no session: an administrator revokes it'], { code: 'NO_SESSION' });
  }
}
