import { Injectable } from '@nestjs/common';
import type { Authenticator, Credentials, Principal } from '@onedoor/platform';
import { Sessions } from './session/sessions.service.js';
import { TOKEN_PREFIX } from './token/api-token.js';
import { ApiTokens } from './token/api-tokens.service.js';

/** Identifies the caller by its bearer token: an API token, or that of a session. */
@Injectable()
export class BearerAuthenticator implements Authenticator {
  constructor(
    private readonly tokens: ApiTokens,
    private readonly sessions: Sessions,
  ) {}

  async authenticate({ bearer }: Credentials): Promise<Principal | null> {
    if (bearer === null) return null;
    return bearer.startsWith(TOKEN_PREFIX) ? this.tokens.principalOf(bearer) : this.sessions.principalOf(bearer);
  }
}
