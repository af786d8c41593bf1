import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  deterministicId,
  Executor,
  type Envelope,
  type Executed,
  type FoldedStream,
  type Position,
  type RecordedEvent,
} from '@onedoor/engine';
import { assert, canonicalJson, reject, type Reference, type Rejection } from '@onedoor/kernel';
import { actorOf, PORTS, type Ports, type Principal } from '@onedoor/platform';
import type { Case, CaseState } from './state.js';
import { CASE } from '../aggregates.js';
import { CaseMessage } from './case-handler.service.js';
import type { CaseWish } from './case-wish.js';
import { mayActOn, mayRead } from './may-act-on.js';
import { Preparation } from './preparation.service.js';
import { CASE_OVERVIEW } from './case-overview.js';

/** Who wants something done to which case, and which edition of it they have seen. */
export interface CaseCall {
  readonly reference: Reference;
  readonly principal: Principal;
  readonly edition: number;
  /** Keys of two callers never meet, nor do those of two commands or two cases. */
  readonly idempotencyKey: string | null;
  readonly traceparent: string | null;
}

/** A case as it stands, and where its last fact stands in the log. */
export interface StandingCase {
  readonly outcome: 'standing';
  readonly state: Case;
  readonly position: Position;
}

/**
 * Where staff work on cases, one by one and on what they have seen. Refuses, besides what the decider refuses: `CASE_UNKNOWN`, also
 * for what the caller must not know of, `CASE_OF_OTHERS`, `CASE_CHANGED`, and `IDEMPOTENCY_KEY_REUSED` for another body.
 */
@Injectable()
export class CaseDesk {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly executor: Executor,
    private readonly preparation: Preparation,
    private readonly commands: CommandBus,
  ) {}

  /** The case as of now, from its stream. */
  async read(reference: Reference, principal: Principal): Promise<StandingCase | Rejection> {
    const { state, last } = await this.load(reference);
    if (!state.exists) return UNKNOWN;
    return mayRead(principal, state) ? standing(state, last) : notTheirs(state);
  }

  async act(call: CaseCall, wish: CaseWish): Promise<StandingCase | Rejection> {
    const { reference, principal, edition } = call;
    const envelope = this.envelopeOf(call, wish);
    const found = await this.load(reference);
    if (!found.state.exists) return UNKNOWN;
    const earlier = found.commands.get(envelope.commandId);
    if (earlier !== undefined) return again(found.state, earlier, envelope);
    if (!mayActOn(principal, found.state)) return notTheirs(found.state);

    const command = await this.preparation.commandFor(reference, wish, found.state, envelope.recordedAt);
    if ('code' in command) return command;
    const answer = await this.commands.execute<CaseMessage, Executed<CaseState> | Rejection>(
      new CaseMessage(reference, { ...command, edition } as CaseMessage['command'], envelope),
    );
    if (answer.outcome === 'rejected') return answer;
    assert(answer.state.exists, 'a case stays a case');
    if (answer.earlier !== null) return again(answer.state, answer.earlier, envelope);
    return { outcome: 'standing', state: answer.state, position: positionOf(answer.position) };
  }

  /** Never less than the case's document in the queues shows. */
  private async load(reference: Reference): Promise<FoldedStream<CaseState>> {
    const [shown] = await this.ports.readModels.get(CASE_OVERVIEW.collection, [reference]);
    return this.executor.load(CASE, reference, shown?.position ?? null);
  }

  private envelopeOf({ reference, principal, idempotencyKey, traceparent }: CaseCall, wish: CaseWish): Envelope {
    const { entropy, clock } = this.ports;
    return {
      commandId: deterministicId('case-desk', principal.kind, principal.id, idempotencyKey ?? entropy.hex(16), wish.type, reference),
      actor: actorOf(principal),
      correlationId: reference,
      ...(traceparent !== null && { traceparent }),
      ...(idempotencyKey !== null && { bodyHash: hash('sha256', canonicalJson(wish), 'hex') }),
      recordedAt: clock.now(),
    };
  }
}

const UNKNOWN = reject('CASE_UNKNOWN', 'There is no case under this reference');

/** That a case exists which is not public is nobody's business either. */
const notTheirs = ({ visibility }: Case): Rejection =>
  visibility === 'public' ? reject('CASE_OF_OTHERS', 'The case is not with your department') : UNKNOWN;

/** A retry gets the case as it stands by now, whoever has it; the same key for something else is refused. */
function again(state: Case, earlier: RecordedEvent, { bodyHash }: Envelope): StandingCase | Rejection {
  if (earlier.metadata.bodyHash !== bodyHash)
    return reject('IDEMPOTENCY_KEY_REUSED', 'Idempotency-Key: it was used before with another body');
  return { outcome: 'standing', state, position: earlier.position };
}

const standing = (state: Case, last: FoldedStream<CaseState>['last']): StandingCase => ({
  outcome: 'standing',
  state,
  position: positionOf(last?.position ?? null),
});

function positionOf(position: Position | null): Position {
  assert(position !== null, 'a case that exists has an event');
  return position;
}
