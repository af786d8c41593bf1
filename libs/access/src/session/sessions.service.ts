import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Executor, streamOf } from '@onedoor/engine';
import { instantOf, msOf, type Actor, type Instant } from '@onedoor/kernel';
import { PORTS, type Ports, type Principal } from '@onedoor/platform';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { AccountId } from '../account/account-id.js';
import { Accounts } from '../account/accounts.service.js';
import { SESSION } from '../aggregates.js';
import { envelopeOf } from '../envelope-of.service.js';

/** A long shift: whoever works on signs in again. */
const SESSION_SECONDS = 12 * 3_600;
const SESSION_ID_BYTES = 16;
const ALGORITHM = 'HS256';
const AUDIENCE = 'onedoor:api';

/** Injection token of the text that the sessions' key is made from. Processes that have the same one accept each other's sessions. */
export const SESSION_KEY = Symbol('access.session-key');

interface Session {
  readonly id: string;
  readonly account: AccountId;
  readonly generation: number;
  readonly expiresAt: Instant;
}

/**
 * Sessions are signed tokens (JWT, RFC 7519) that no table keeps. Each names its account and the generation of its password, so
 * a new password or a disabled account ends it in every process at once; signing out writes that this one is over.
 */
@Injectable()
export class Sessions {
  private readonly key: Uint8Array;

  constructor(
    @Inject(SESSION_KEY) key: string,
    @Inject(PORTS) private readonly ports: Pick<Ports, 'clock' | 'entropy' | 'jurisdiction'>,
    private readonly accounts: Accounts,
    private readonly executor: Executor,
  ) {
    this.key = Uint8Array.from(hash('sha256', `onedoor session key\n${key}`, 'buffer'));
  }

  /** Begins a session of somebody who proved to be this account. */
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

  /** Whom the token lets in; null where it is none of ours, changed, expired or ended. The account's present role counts, not that of its beginning. */
  async principalOf(token: string): Promise<Principal | null> {
    const session = await this.read(token);
    if (session === null) return null;
    const [account, { state }] = await Promise.all([this.accounts.one(session.account), this.executor.load(SESSION, session.id)]);
    if (account === null || account.isDisabled || account.generation !== session.generation || state.isEnded) return null;
    return { id: session.account, kind: 'account', ...account.standing };
  }

  /** Ends the session of this token; false where it is no session's. */
  async end(token: string, actor: Actor): Promise<boolean> {
    const session = await this.read(token);
    if (session === null) return false;
    const { id, account, expiresAt } = session;
    const envelope = envelopeOf(streamOf(SESSION, id), actor, this.ports);
    await this.executor.execute(SESSION, id, { type: 'EndSession', at: envelope.recordedAt, account, expiresAt }, envelope);
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

  /** Another city's sessions are strangers here, even under the same key. */
  private issuer(): string {
    return `onedoor:${this.ports.jurisdiction}`;
  }
}
