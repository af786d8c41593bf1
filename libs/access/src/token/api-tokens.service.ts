import { hash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Executor } from '@onedoor/engine';
import { PORTS, type Ports, type Principal } from '@onedoor/platform';
import { KnownDepartments } from '../account/known-departments.service.js';
import { API_TOKEN } from '../aggregates.js';
import { readTokenText, TOKEN_SECRET_BYTES } from './api-token.js';

/** The tokens of other systems, folded from their streams. Of each secret only a hash is kept. */
@Injectable()
export class ApiTokens {
  constructor(
    @Inject(PORTS) private readonly ports: Pick<Ports, 'clock' | 'entropy'>,
    private readonly executor: Executor,
    readonly departments: KnownDepartments,
  ) {}

  newSecret(): { readonly secret: string; readonly secretHash: string } {
    const secret = this.ports.entropy.hex(TOKEN_SECRET_BYTES);
    return { secret, secretHash: hashOf(secret) };
  }

  /** The principal of a token's text; null where it is no token of ours, wrong, expired or revoked. */
  async principalOf(text: string): Promise<Principal | null> {
    const sent = readTokenText(text);
    if (sent === null) return null;
    const { state } = await this.executor.load(API_TOKEN, sent.id);
    if (!state.exists || state.isRevoked) return null;
    const { role, department, secretHash, expiresAt } = state.token;
    const isRight = timingSafeEqual(Buffer.from(hashOf(sent.secret)), Buffer.from(secretHash));
    const isOver = expiresAt !== null && expiresAt <= this.ports.clock.now();
    return isRight && !isOver ? { id: sent.id, kind: 'token', role, department } : null;
  }
}

const hashOf = (secret: string): string => hash('sha256', secret, 'hex');
