import { Inject, type Provider, type Type } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  Executor,
  type Aggregate,
  type AlarmMessage,
  type AnyCommandSet,
  type Collection,
  type Executed,
  type FoldedStream,
  type NewEvent,
  type Position,
  type RecordedEvent,
  type Revealing,
} from '@onedoor/engine';
import { assert, reject, type DomainEvent, type Instant, type Rejection } from '@onedoor/kernel';
import { PORTS, type Ports } from '../ports.js';
import { mayBeSameBody } from './body-hash.js';
import { CommandMessage, type CommandDone, type CommandOutcome } from './command-message.js';

export type AnyAggregate = Aggregate<unknown, { readonly at: Instant }, DomainEvent>;

/** What the handler of an aggregate's commands is made of. */
export interface HandledAggregate {
  readonly of: AnyAggregate;
  readonly commands: AnyCommandSet;
  /** The provider of the context that `prepare` is given. Absent where no command needs one. */
  readonly needs?: Type | symbol;
  /** The collection with a document under the aggregate's id: a fold that ends before the document's position was cut short. */
  readonly shownIn?: Collection;
  /** The alarm for an event that people should look at, raised once, when the event has been written; null for any other event. */
  alarmOf?(event: DomainEvent): AlarmMessage | null;
}

export type MessageType = new (...of: ConstructorParameters<typeof CommandMessage>) => CommandMessage;

/** The one handler of an aggregate's commands, and the class of the messages that reach it. */
export function handlerOf({ of, commands: set, needs, shownIn, alarmOf }: HandledAggregate): {
  readonly Message: MessageType;
  readonly Handler: Provider;
} {
  class Message extends CommandMessage {}

  @CommandHandler(Message)
  class Handler implements ICommandHandler<Message> {
    constructor(
      @Inject(Executor) private readonly executor: Executor,
      @Inject(PORTS) private readonly ports: Pick<Ports, 'readModels' | 'alarm'>,
      @Inject(needs ?? PORTS) private readonly needs: unknown,
    ) {}

    async execute(message: Message): Promise<CommandOutcome<unknown>> {
      const { id, name, body, at, envelope, asker } = message;
      const definition = set.commands[name];
      assert(definition !== undefined, `${of.category} has a command ${name}`);
      const { stream = 'existing', prepare, type } = definition;
      let state: unknown = null;
      if (stream !== 'new' && (asker !== null || (prepare !== undefined && stream === 'existing'))) {
        const found = await this.load(message);
        const earlier = found.commands.get(envelope.commandId);
        if (earlier !== undefined && asker?.isPreview !== true) return this.repeated(found, earlier, message);
        const existing = set.existing(found.state);
        if (existing === null && stream === 'existing') return set.missing;
        const refused = asker === null || existing === null ? null : (set.mayAct?.(asker.principal, existing) ?? null);
        if (refused !== null) return refused;
        if (stream === 'existing') state = existing;
      }
      const by = asker?.principal ?? null;
      const asked = { id, body, at, by, client: asker?.client ?? null, isPreview: asker?.isPreview ?? false, state };
      const prepared = prepare === undefined ? { type, at, ...body } : await prepare.call(definition, asked as never, this.needs);
      if (isRejection(prepared)) return prepared;
      const { command, reveals } = isRevealing(prepared) ? prepared : { command: prepared, reveals: null };
      const edition = asker?.edition ?? null;
      const seen = edition === null ? command : { ...command, edition };
      if (asker?.isPreview === true) return previewed(await this.executor.preview(of, id, seen));
      const answer = await this.executor.execute(of, id, seen, envelope, { expectsNew: stream === 'new' });
      if (answer.outcome === 'rejected') return answer;
      if (alarmOf !== undefined) this.raise(id, answer.events, alarmOf);
      return answer.earlier === null ? done(id, answer, reveals) : this.repeated(answer, answer.earlier, message);
    }

    private raise(id: string, events: readonly NewEvent[], alarm: NonNullable<typeof alarmOf>): void {
      for (const event of events) {
        const message = alarm(event as unknown as DomainEvent);
        if (message !== null) this.ports.alarm(message, { id, event: event.type });
      }
    }

    /** For a principal, at least up to the position of the aggregate's document. */
    private async load({ id, asker }: Message): Promise<FoldedStream<unknown>> {
      const known = asker === null || shownIn === undefined ? null : await this.positionShown(shownIn, id);
      return this.executor.load(of, id, known);
    }

    /**
     * A retry is answered as the first attempt was: with the state after its own last event. What others did since may be none of the
     * caller's business, such as a case that has left the department. The same key with another body is refused.
     */
    private async repeated(
      now: { readonly state: unknown; readonly revision: number },
      earlier: RecordedEvent,
      { id, envelope }: Message,
    ): Promise<CommandDone<unknown> | Rejection> {
      const { position, metadata, revision } = earlier;
      if (!mayBeSameBody(metadata.bodyHash, envelope.bodyHash))
        return reject('IDEMPOTENCY_KEY_REUSED', 'Idempotency-Key: it was used before with another body');
      const { state } = revision === now.revision ? now : await this.executor.loadAt(of, id, revision);
      return { outcome: 'done', id, state, position, events: [], isRepeated: true, reveals: null };
    }

    private async positionShown(collection: Collection, id: string): Promise<Position | null> {
      const [document] = await this.ports.readModels.get(collection, [id]);
      return document?.position ?? null;
    }
  }
  return { Message, Handler };
}

type Prepared = { readonly at: Instant } | Revealing<{ readonly at: Instant }> | Rejection;

// A command may have a field `outcome`, but only commands have a `type`.
const isRejection = (prepared: Prepared): prepared is Rejection => !('type' in prepared) && 'code' in prepared;
const isRevealing = (prepared: Prepared): prepared is Revealing<{ readonly at: Instant }> => !('type' in prepared) && 'reveals' in prepared;

const done = (id: string, { state, position, events }: Executed<unknown>, reveals: object | null): CommandDone<unknown> => ({
  outcome: 'done',
  id,
  state,
  position,
  events,
  isRepeated: false,
  reveals,
});

const previewed = (decision: Awaited<ReturnType<Executor['preview']>>): CommandOutcome<unknown> =>
  decision.outcome === 'rejected' ? decision : { outcome: 'preview', events: decision.events as readonly DomainEvent[] };
