import { Executor, type Aggregate, type Envelope, type EventStore, type Executed } from '@onedoor/engine';
import type { DomainEvent, Instant, Rejection } from '@onedoor/kernel';
import type { Observation } from './observe.module.js';

/** The executor, telling figures and traces what became of each command. */
export class ObservedExecutor extends Executor {
  constructor(
    store: EventStore,
    jurisdiction: string,
    private readonly observation: Pick<Observation, 'metrics' | 'tracing'>,
  ) {
    super(store, jurisdiction);
  }

  override async execute<State, Command extends { readonly at: Instant }, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    command: Command,
    envelope: Envelope,
    options?: { readonly expectsNew?: boolean },
  ): Promise<Executed<State> | Rejection> {
    const { metrics, tracing } = this.observation;
    const type = typeOf(command);
    const span = tracing?.start(`${aggregate.category} ${type}`, 'internal', envelope.traceparent) ?? null;
    const tell = (outcome: string): void => {
      metrics.commands.inc({ aggregate: aggregate.category, command: type, outcome });
      span?.end({ 'onedoor.aggregate': aggregate.category, 'onedoor.outcome': outcome }, outcome === 'failed');
    };
    try {
      const traced = span === null ? envelope : { ...envelope, traceparent: span.traceparent };
      const answer = await super.execute(aggregate, id, command, traced, options);
      tell(answer.outcome === 'rejected' ? answer.code : answer.events.length > 0 ? 'done' : 'already');
      return answer;
    } catch (error) {
      tell('failed');
      throw error;
    }
  }
}

const typeOf = (command: object): string => String((command as { readonly type?: unknown }).type ?? 'unnamed');
