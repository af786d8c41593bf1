import { hash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Executor, streamOf } from '@onedoor/engine';
import { reject, type Actor, type Rejection } from '@onedoor/kernel';
import { PORTS, type Ports, type Principal } from '@onedoor/platform';
import type { IssuedToken } from './events.js';
import { API_TOKEN } from '../aggregates.js';
import { envelopeOf } from '../envelope-of.service.js';

const ID_BYTES = 8;
const SECRET_BYTES = 32;
const ID = /^[0-9a-f]{16}$/;
/** `od_<id>_<secret>`: known at sight, also to scanners that look for leaked secrets. */
const BEARER = /^od_([0-9a-f]{16})_([0-9a-f]{64})$/;

/** The tokens of other systems, as their streams say. Only a hash of each secret is kept. */
@Injectable()
export class ApiTokens {
  constructor(
    @Inject(PORTS) private readonly ports: Pick<Ports, 'clock' | 'entropy'>,
    private readonly executor: Executor,
  ) {}

  /** Answers the bearer's text: the only time that anybody sees its secret. */
  async issue(
    draft: Omit<IssuedToken, 'secretHash'>,
    actor: Actor,
  ): Promise<{ readonly outcome: 'issued'; readonly id: string; readonly bearer: string } | Rejection> {
    const id = this.ports.entropy.hex(ID_BYTES);
    const secret = this.ports.entropy.hex(SECRET_BYTES);
    const envelope = envelopeOf(streamOf(API_TOKEN, id), actor, this.ports);
    const token = {
      role: draft.role,
      department: draft.department,
      label: draft.label,
      secretHash: hash('sha256', secret, 'hex'),
      expiresAt: draft.expiresAt,
    };
    const answer = await this.executor.execute(API_TOKEN, id, { type: 'IssueApiToken', at: envelope.recordedAt, token }, envelope);
    return answer.outcome === 'rejected' ? answer : { outcome: 'issued', id, bearer: `od_${id}_${secret}` };
  }

  async revoke(id: string, actor: Actor): Promise<Rejection | null> {
    if (!ID.test(id)) return reject('TOKEN_UNKNOWN', 'There is no such token');
    const envelope = envelopeOf(streamOf(API_TOKEN, id), actor, this.ports);
    const answer = await this.executor.execute(API_TOKEN, id, { type: 'RevokeApiToken', at: envelope.recordedAt }, envelope);
    return answer.outcome === 'rejected' ? answer : null;
  }

  /** Whom the bearer's text lets in; null where it is none of ours, wrong, expired or revoked. */
  async principalOf(bearer: string): Promise<Principal | null> {
    const [, id, secret] = BEARER.exec(bearer) ?? [];
    if (id === undefined || secret === undefined) return null;
    const { state } = await this.executor.load(API_TOKEN, id);
    if (!state.exists || state.isRevoked) return null;
    const { role, department, secretHash, expiresAt } = state.token;
    const isRight = timingSafeEqual(Buffer.from(hash('sha256', secret, 'hex')), Buffer.from(secretHash));
    const isOver = expiresAt !== null && expiresAt <= this.ports.clock.now();
    return isRight && !isOver ? { id, kind: 'token', role, department } : null;
  }
}
