import { Body, Controller, Delete, Get, Header, Headers, HttpCode, Ip, Post } from '@nestjs/common';
import {
  Allow,
  Anyone,
  bearerOf,
  bodyOf,
  CurrentPrincipal,
  Describe,
  instant,
  json,
  oneOf,
  record,
  RequestProblem,
  ROLES,
  Text,
  text,
  type Principal,
} from '@onedoor/platform';
import { BEARER, ROLE_MEMBERS, UNCACHED } from '../account/account-answers.http.js';
import type { RoleAssignment } from '../account/role-assignment.js';
import { SignIn, tooManyAttempts } from '../account/sign-in.service.js';
import { Sessions } from './sessions.service.js';

/** The rules of a new password are not repeated here: they would tell a stranger how one must look. */
class SignInBody {
  @Text('account', 100) account!: string;
  @Text('password', 200) password!: string;
}

interface SessionBegun extends RoleAssignment {
  readonly token: string;
  readonly expiresAt: string;
}

const SESSION_BEGUN = json(
  'Signed in.',
  record<SessionBegun>('Session', { token: BEARER, expiresAt: instant('When it ends at the latest.'), ...ROLE_MEMBERS }),
  { headers: UNCACHED },
);

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
  async begin(@Body(bodyOf(SignInBody)) { account: id, password }: SignInBody, @Ip() client: string): Promise<SessionBegun> {
    const proof = await this.signIn.prove(id, password, client);
    if (proof.outcome === 'later') throw tooManyAttempts(proof);
    if (proof.outcome === 'refused') throw new RequestProblem(401, ['The account or the password is wrong'], { code: 'SIGN_IN_REFUSED' });
    return { ...(await this.sessions.begin(id, proof.account.generation)), ...proof.account.assignment };
  }

  /** Ends the session that asks, and no other of its account. */
  @Delete('current')
  @Allow(...ROLES)
  @Describe({ summary: 'Sign out: end the session that asks', refuses: { 409: ['NO_SESSION'] } })
  @HttpCode(204)
  async end(@Headers() headers: Readonly<Record<string, string | undefined>>, @CurrentPrincipal() principal: Principal): Promise<void> {
    if (!(await this.sessions.end(bearerOf(headers) ?? '', principal)))
      throw new RequestProblem(409, ['A token of a system has no session: an administrator revokes it'], { code: 'NO_SESSION' });
  }
}

const PRINCIPAL = json(
  'Who asks.',
  record<Principal>('Principal', {
    id: text('Opaque: never a name.'),
    kind: oneOf(['account', 'token'], 'Whether an account signed in, or another system sent its token.'),
    ...ROLE_MEMBERS,
  }),
  { headers: UNCACHED },
);

/** Who asks, as the guard identified it. */
@Controller('api/v1/me')
export class MeController {
  @Get()
  @Allow(...ROLES)
  @Describe({ tag: 'Sessions', summary: 'Who asks, as the guard identified it', answer: PRINCIPAL })
  @Header('cache-control', 'no-store')
  me(@CurrentPrincipal() { id, kind, role, department }: Principal): Principal {
    return { id, kind, role, department };
  }
}
