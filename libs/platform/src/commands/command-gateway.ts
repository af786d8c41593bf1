import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { deterministicId, namesStreamByBody, streamOf, takesKey, type AnyCommandSet, type Dispatch, type Envelope } from '@onedoor/engine';
import { assert, canonicalJson, type Actor, type Instant, type Principal } from '@onedoor/kernel';
import { actorOf } from '../access/authenticator.js';
import { PORTS, type Ports } from '../ports.js';
import type { AnyAggregate, MessageType } from './aggregate-handler.js';
import { keyedHash, plainHash } from './body-hash.js';
import type { Asker, CommandOutcome } from './command-message.js';
import { FirstAttempts } from './first-attempts.js';

const COMMAND_ID_BYTES = 16;

/** A principal's command: everything about it but name and body. */
export interface CommandCall {
  readonly id: string;
  readonly principal: Principal;
  /** Their network address; null where there is none. */
  readonly client?: string | null;
  /** The edition that the principal has seen; null where the aggregate has none. */
  readonly edition: number | null;
  /**
   * A call that is repeated under its key has no second effect. Keys are separate for each caller, command and id; where the body names the
   * id, for each caller and command.
   */
  readonly idempotencyKey: string | null;
  readonly traceparent: string | null;
  readonly isPreview?: boolean;
}

/** Who sends a command of the system, and what it belongs to. */
export interface Sender {
  readonly actor: Actor;
  /** Where it is absent: the stream of the command. */
  readonly correlationId?: string;
  readonly traceparent?: string | null;
}

/** An aggregate whose commands this process runs. */
export interface RoutedAggregate {
  readonly of: AnyAggregate;
  readonly commands: AnyCommandSet;
  readonly Message: MessageType;
  /** Whether its id is the reference of a request: its events then carry the reference as their correlation id. */
  readonly idIsReference: boolean;
}

/** The part of a command set that a sender needs: the names of its commands, and the state that they lead to. */
interface SetOf<State, Name extends string> {
  existing(state: State): unknown;
  readonly commands: Readonly<Record<Name, unknown>>;
}

/** Sends every command over the CommandBus: those of routes, consumers, tickers, imports and the command line. */
@Injectable()
export class CommandGateway {
  private readonly bySet = new Map<object, RoutedAggregate>();
  private readonly byCategory = new Map<string, RoutedAggregate>();

  private readonly firstAttempts: FirstAttempts;

  constructor(
    private readonly bus: CommandBus,
    @Inject(PORTS) private readonly ports: Pick<Ports, 'clock' | 'entropy' | 'store' | 'vault'>,
  ) {
    this.firstAttempts = new FirstAttempts(ports.store);
  }

  register(...aggregates: readonly RoutedAggregate[]): void {
    for (const aggregate of aggregates) {
      this.bySet.set(aggregate.commands, aggregate);
      this.byCategory.set(aggregate.of.category, aggregate);
    }
  }

  /** Sends a principal's command. Its body was validated, or comes from typed code. */
  ask<State, Name extends string>(set: SetOf<State, Name>, name: Name, body: object, call: CommandCall): Promise<CommandOutcome<State>> {
    const { principal, client = null, edition, traceparent, isPreview = false } = call;
    const now = this.ports.clock.now();
    const routed = this.routed(set);
    const { of, commands, idIsReference } = routed;
    const definition = commands.commands[name];
    assert(definition !== undefined, `${of.category} has a command ${name}`);
    const idempotencyKey = takesKey(definition) ? call.idempotencyKey : null;
    const isNamedByBody = namesStreamByBody(definition);
    const commandId = deterministicId(
      'asked',
      principal.kind,
      principal.id,
      idempotencyKey ?? this.ports.entropy.hex(COMMAND_ID_BYTES),
      name,
      isNamedByBody ? of.category : streamOf(of, call.id),
    );
    const execute = async (id: string): Promise<CommandOutcome<State>> => {
      const bodyHash = idempotencyKey === null ? null : await this.bodyHash(routed, id, { name, body });
      const envelope: Envelope = {
        commandId,
        actor: actorOf(principal),
        correlationId: idIsReference ? id : streamOf(of, id),
        ...(traceparent !== null && { traceparent }),
        ...(bodyHash !== null && { bodyHash }),
        recordedAt: now,
      };
      return this.execute(routed, id, name, body, now, envelope, { principal, client, edition, isPreview });
    };
    if (idempotencyKey === null || !isNamedByBody) return execute(call.id);
    // To the stream of the first attempt: there a retry finds its answer, and another body is refused.
    return this.firstAttempts.within(of.category, commandId, (first) =>
      execute(first === null ? call.id : first.stream.slice(of.category.length + 1)),
    );
  }

  /**
   * What a retry is told by. Bodies about a request hold what people wrote: they are hashed by its key, so that the log helps no guess;
   * null after an erasure, when nothing is compared. All others stand in their events in clear.
   */
  private async bodyHash({ idIsReference }: RoutedAggregate, id: string, asked: object): Promise<string | null> {
    return idIsReference ? keyedHash(this.ports.vault, id, canonicalJson(asked)) : plainHash(canonicalJson(asked));
  }

  /** Sends a command of the system, under the given envelope. `at`: when it happens for the city. */
  send<State, Name extends string>(
    set: SetOf<State, Name>,
    id: string,
    name: Name,
    body: object,
    at: Instant,
    envelope: Envelope,
  ): Promise<CommandOutcome<State>> {
    return this.execute(this.routed(set), id, name, body, at, envelope, null);
  }

  /** The same, at the present instant and under a new command id: for a set-up, the command line, a read that is recorded. */
  sendNow<State, Name extends string>(
    set: SetOf<State, Name>,
    id: string,
    name: Name,
    body: object,
    { actor, correlationId = streamOf(this.routed(set).of, id), traceparent = null }: Sender,
  ): Promise<CommandOutcome<State>> {
    const recordedAt = this.ports.clock.now();
    const commandId = this.ports.entropy.hex(COMMAND_ID_BYTES);
    const envelope: Envelope = { commandId, actor, correlationId, ...(traceparent !== null && { traceparent }), recordedAt };
    return this.send(set, id, name, body, recordedAt, envelope);
  }

  /** Sends a command that a consumer derived from a public event. */
  readonly dispatch: Dispatch = async ({ aggregate, id, command: { type, ...body } }, at, envelope) => {
    const routed = this.byCategory.get(aggregate);
    const definition = routed && Object.values(routed.commands.commands).find((each) => each.type === type);
    assert(routed !== undefined && definition !== undefined, `${aggregate} has a command ${type}`);
    const outcome = await this.execute<unknown>(routed, id, definition.name, body, at, envelope, null);
    assert(outcome.outcome !== 'preview', 'a consumer only asks for what is done');
    return outcome;
  };

  private routed(set: object): RoutedAggregate {
    const routed = this.bySet.get(set);
    assert(routed !== undefined, 'the commands of a context run where it does');
    return routed;
  }

  private execute<State>(
    { Message }: RoutedAggregate,
    id: string,
    name: string,
    body: object,
    at: Instant,
    envelope: Envelope,
    asker: Asker | null,
  ): Promise<CommandOutcome<State>> {
    return this.bus.execute(new Message(id, name, body, at, envelope, asker));
  }
}
