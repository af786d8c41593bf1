import { Injectable } from '@nestjs/common';
import type { Authenticator, Credentials, Principal } from '@onedoor/platform';
import { ApiTokens } from './token/api-tokens.service.js';
import { Sessions } from './session/sessions.service.js';

/** Finds out who asks by the bearer token: another system's, or that of a session. */
@Injectable()
export class BearerAuthenticator implements Authenticator {
  constructor(
    private readonly tokens: ApiTokens,
    private readonly sessions: Sessions,
  ) {}

  async authenticate({ bearer }: Credentials): Promise<Principal | null> {
    if (bearer === null) return null;
    return bearer.startsWith('od_') ? this.tokens.principalOf(bearer) : this.sessions.principalOf(bearer);
  }
}
