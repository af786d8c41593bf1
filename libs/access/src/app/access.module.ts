import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard, AUTHENTICATOR } from '@onedoor/platform';
import { Accounts } from './accounts.js';
import { ApiTokens } from './api-tokens.js';
import { BearerAuthenticator } from './bearer-authenticator.js';
import { AccountsController } from './http/accounts.controller.js';
import { MeController } from './http/me.controller.js';
import { SessionsController } from './http/sessions.controller.js';
import { TokensController } from './http/tokens.controller.js';
import { Passwords } from './passwords.js';
import { SESSION_KEY, Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';

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
