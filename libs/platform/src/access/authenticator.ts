import type { Principal } from './principal.js';

/** Finds out who asks. */
export interface Authenticator {
  /** Null where the credentials are missing, wrong, expired or revoked: which of these is nobody's business. */
  authenticate(credentials: Credentials): Promise<Principal | null>;
}

export interface Credentials {
  /** The value of `Authorization: Bearer …`: a session's token or an API token. */
  readonly bearer: string | null;
}

/** Injection token. */
export const AUTHENTICATOR = Symbol('onedoor.authenticator');
