import { APP_GUARD } from '@nestjs/core';
import type { Projection } from '@onedoor/engine';
import { AccessGuard, AUTHENTICATOR, contextAggregate, defineContext, type Context } from '@onedoor/platform';
import { ACCOUNT_ANSWERS } from './account/account-answers.http.js';
import { AccountNeeds } from './account/account-needs.service.js';
import { Accounts } from './account/accounts.service.js';
import { ACCOUNT_COMMANDS } from './account/commands/index.js';
import { describeAccount } from './account/events.js';
import { Passwords } from './account/passwords.service.js';
import { SignIn } from './account/sign-in.service.js';
import { ACCOUNT_LIST } from './account/account-list.js';
import { AccountsController } from './account/accounts.http.js';
import { Administrators } from './account/administrators.service.js';
import { KnownDepartments } from './account/known-departments.service.js';
import { ACCOUNT, API_TOKEN, ROSTER, SESSION } from './aggregates.js';
import { ROSTER_COMMANDS } from './roster/commands/index.js';
import { describeRoster } from './roster/roster.js';
import { TOKEN_LIST } from './token/token-list.js';
import { TokensController } from './token/tokens.http.js';
import { BearerAuthenticator } from './bearer-authenticator.service.js';
import { describeSession } from './session/decider.js';
import { MeController, SessionsController } from './session/sessions.http.js';
import { SESSION_COMMANDS, SESSION_KEY, Sessions } from './session/sessions.service.js';
import { ApiTokens } from './token/api-tokens.service.js';
import { API_TOKEN_COMMANDS } from './token/commands/index.js';
import { describeApiToken } from './token/events.js';
import { API_TOKEN_ANSWERS } from './token/token-answers.http.js';

const SESSION_KEY_BYTES = 32;

/**
 * Who may sign in: accounts, sessions and tokens, and the guard before every route of a process that has this context. Every process has
 * it, so that each checks by itself who asks; one of them serves its routes.
 */
export const ACCESS: Context = defineContext({
  name: 'access',
  aggregates: [
    contextAggregate({
      of: ACCOUNT,
      commands: ACCOUNT_COMMANDS,
      needs: AccountNeeds,
      idIsReference: false,
      answers: ACCOUNT_ANSWERS,
      describe: describeAccount,
    }),
    contextAggregate({
      of: API_TOKEN,
      commands: API_TOKEN_COMMANDS,
      needs: ApiTokens,
      idIsReference: false,
      answers: API_TOKEN_ANSWERS,
      describe: describeApiToken,
    }),
    contextAggregate({ of: SESSION, commands: SESSION_COMMANDS, idIsReference: false, describe: describeSession }),
    contextAggregate({ of: ROSTER, commands: ROSTER_COMMANDS, idIsReference: false, describe: describeRoster }),
  ],
  projections: [ACCOUNT_LIST as unknown as Projection, TOKEN_LIST as unknown as Projection],
  topics: [],
  consumes: null,
  workers: [],
  looksAt: ['department'],
  vault: { seals: true, unseals: ['sign_in'] },
  http: [SessionsController, MeController, AccountsController, TokensController],
  providers: [
    AccountNeeds,
    Accounts,
    Administrators,
    ApiTokens,
    KnownDepartments,
    Passwords,
    Sessions,
    SignIn,
    { provide: AUTHENTICATOR, useClass: BearerAuthenticator },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  settings: ({ sessionKey }, { entropy }) => [{ provide: SESSION_KEY, useValue: sessionKey || entropy.hex(SESSION_KEY_BYTES) }],
  exports: [Accounts, Passwords, AUTHENTICATOR],
});
