import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Executor, systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { assert, instantOf, msOf, rejectAbsent, type Instant } from '@onedoor/kernel';
import { CommandGateway, PORTS, type Ports, type Principal } from '@onedoor/platform';
import { errors, jwtVerify, SignJWT } from 'jose';
import { Accounts } from '../account/accounts.service.js';
import type { AccountId } from '../account/credentials.js';
import { SESSION } from '../aggregates.js';
import type { EndSession, SessionState } from './decider.js';

/** A long shift; after it the account signs in again. */
const SESSION_SECONDS = 12 * 3_600;
const SESSION_ID_BYTES = 16;
const ALGORITHM = 'HS256';
const AUDIENCE = 'onedoor:api';

/** Injection token of the text that the sessions' key is derived from. Processes that have the same one accept each other's sessions. */
export const SESSION_KEY = Symbol('access.session-key');

interface Session {
  readonly id: string;
  readonly account: AccountId;
  readonly generation: number;
  readonly expiresAt: Instant;
}

/**
 * Sessions are signed tokens (JWT, RFC 7519) without a table. Each names its account and the generation of its password, so a new
 * password or a disabled account ends it in every process at once; signing out writes an event that ends this one.
 */
@Injectable()
export class Sessions {
  private readonly key: Uint8Array;

  constructor(
    @Inject(SESSION_KEY) key: string,
    @Inject(PORTS) private readonly ports: Pick<Ports, 'clock' | 'entropy' | 'jurisdiction'>,
    private readonly accounts: Accounts,
    private readonly executor: Executor,
    private readonly gateway: CommandGateway,
  ) {
    this.key = Uint8Array.from(hash('sha256', `onedoor session key\n${key}`, 'buffer'));
  }

  /** Begins a session of an account that proved its password. */
  async begin(account: AccountId, generation: number): Promise<{ readonly token: string; readonly expiresAt: Instant }> {
    const nowSeconds = Math.floor(msOf(this.ports.clock.now()) / 1_000);
    const expirySeconds = nowSeconds + SESSION_SECONDS;
    const token = await new SignJWT({ generation })
      .setProtectedHeader({ alg: ALGORITHM })
      .setIssuer(this.issuer())
      .setAudience(AUDIENCE)
      .setSubject(account)
      .setJti(this.ports.entropy.hex(SESSION_ID_BYTES))
      .setIssuedAt(nowSeconds)
      .setExpirationTime(expirySeconds)
      .sign(this.key);
    return { token, expiresAt: instantOf(expirySeconds * 1_000) };
  }

  /** The principal of a token, with its account's present role; null where the token is none of ours, changed, expired or ended. */
  async principalOf(token: string): Promise<Principal | null> {
    const session = await this.read(token);
    if (session === null) return null;
    const [account, { state }] = await Promise.all([this.accounts.one(session.account), this.executor.load(SESSION, session.id)]);
    if (account === null || account.isDisabled || account.generation !== session.generation || state.isEnded) return null;
    return { id: session.account, kind: 'account', ...account.assignment };
  }

  /** Ends the session of this token; false where it is no session's. */
  async end(token: string, principal: Principal): Promise<boolean> {
    const session = await this.read(token);
    if (session === null) return false;
    const { id, account, expiresAt } = session;
    const call = { id, principal, edition: null, idempotencyKey: null, traceparent: null };
    const outcome = await this.gateway.ask(SESSION_COMMANDS, 'end', { account, expiresAt }, call);
    assert(outcome.outcome === 'done', 'a session can always be ended');
    return true;
  }

  private async read(token: string): Promise<Session | null> {
    try {
      const { payload } = await jwtVerify<{ readonly generation: number }>(token, this.key, {
        algorithms: [ALGORITHM],
        issuer: this.issuer(),
        audience: AUDIENCE,
        requiredClaims: ['sub', 'jti', 'exp', 'iat', 'generation'],
        currentDate: new Date(this.ports.clock.now()),
      });
      const { jti = '', sub = '', exp = 0, generation } = payload;
      return { id: jti, account: sub, generation, expiresAt: instantOf(exp * 1_000) };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  /** Names the city: another city's sessions are refused even under the same key. */
  private issuer(): string {
    return `onedoor:${this.ports.jurisdiction}`;
  }
}

/** Signing out names no session in its path: the token that asks does. So its route is no command's, and it sends this one. */
export const SESSION_COMMANDS: CommandSet<SessionState, SessionState, EndSession, 'end', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('SESSION_UNKNOWN', 'There is no such session'),
  existing: (state) => state,
  commands: { end: systemCommand('end', 'EndSession', 'End a session before it expires') },
};
