import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard, AUTHENTICATOR } from '@onedoor/platform';
import { Accounts } from './account/accounts.service.js';
import { ApiTokens } from './token/api-tokens.service.js';
import { BearerAuthenticator } from './bearer-authenticator.service.js';
import { AccountsController } from './account/accounts.http.js';
import { MeController } from './session/me.http.js';
import { SessionsController } from './session/sessions.http.js';
import { TokensController } from './token/tokens.http.js';
import { Passwords } from './account/passwords.service.js';
import { SESSION_KEY, Sessions } from './session/sessions.service.js';
import { SignIn } from './account/sign-in.service.js';

export interface AccessOptions {
  /** What sessions are signed with: the same in every process that is to accept them, and a secret. */
  readonly sessionKey: string;
  /** Whether people sign in here, and accounts and tokens are kept here. Every process checks who asks. */
  readonly serveSessions: boolean;
}

/** Who may come in: accounts, sessions and tokens, and the guard before every route of the process that imports it. */
@Module({})
export class AccessModule {
  static of({ sessionKey, serveSessions }: AccessOptions): DynamicModule {
    return {
      module: AccessModule,
      controllers: serveSessions ? [SessionsController, MeController, AccountsController, TokensController] : [],
      providers: [
        { provide: SESSION_KEY, useValue: sessionKey },
        Accounts,
        ApiTokens,
        Passwords,
        Sessions,
        SignIn,
        { provide: AUTHENTICATOR, useClass: BearerAuthenticator },
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
      exports: [Accounts, ApiTokens, Passwords, AUTHENTICATOR],
    };
  }
}
