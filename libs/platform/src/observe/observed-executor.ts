import { Executor, type Aggregate, type Envelope, type EventStore, type Executed } from '@onedoor/engine';
import type { DomainEvent, Instant, Rejection } from '@onedoor/kernel';
import type { Observation } from './observe.module.js';

/** The executor, reporting the outcome of each command to figures and traces. */
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
    const report = (outcome: string): void => {
      metrics.commands.inc({ aggregate: aggregate.category, command: type, outcome });
      span?.end({ 'onedoor.aggregate': aggregate.category, 'onedoor.outcome': outcome }, outcome === 'failed');
    };
    try {
      const traced = span === null ? envelope : { ...envelope, traceparent: span.traceparent };
      const answer = await super.execute(aggregate, id, command, traced, options);
      report(answer.outcome === 'rejected' ? answer.code : answer.events.length > 0 ? 'done' : 'already');
      return answer;
    } catch (error) {
      report('failed');
      throw error;
    }
  }
}

const typeOf = (command: object): string => String((command as { readonly type?: unknown }).type ?? 'unnamed');
