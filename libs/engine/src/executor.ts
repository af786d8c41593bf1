import {
  assert,
  BoundedCache,
  laterOf,
  LIMITS,
  type Actor,
  type Decision,
  type DomainEvent,
  type Instant,
  type Rejection,
} from '@onedoor/kernel';
import { streamOf, type Aggregate } from './aggregate.js';
import { deterministicId } from './deterministic-id.js';
import { emptyStream, foldOn, readOn, type FoldedStream } from './folded-stream.js';
import { isBefore, type EventStore, type NewEvent, type Position, type RecordedEvent } from './ports/event-store.js';
import { Unavailable } from './ports/failures.js';

/** The actor, the cause and the recorded time of a command. Goes into the metadata of every event of the command. */
export interface Envelope {
  /** The same for every retry: an event that carries it already means "already done". */
  readonly commandId: string;
  readonly actor: Actor;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly traceparent?: string;
  readonly bodyHash?: string;
  readonly recordedAt: Instant;
}

export interface Executed<State> {
  readonly outcome: 'done';
  readonly state: State;
  readonly revision: number;
  /** The position of the command's last event; null when the stream has no events. */
  readonly position: Position | null;
  /** The events of this call; empty when the command had no effect. */
  readonly events: readonly NewEvent[];
  /** The last event that an earlier attempt of this same command wrote. */
  readonly earlier: RecordedEvent | null;
}

/** Lost the race for a stream in every one of a bounded number of attempts. */
export class ConcurrencyConflict extends Error {
  override readonly name = 'ConcurrencyConflict';
}

/** What a folded stream counts in its cache: its state, and the events that its commands left. */
const BYTES_OF_STATE = 3_000;
const BYTES_OF_EVENT = 1_000;
/** About 20,000 cases with their events. */
const CACHE_BYTES = 200_000_000;
const bytesOf = ({ revision }: FoldedStream<unknown>): number => BYTES_OF_STATE + (revision + 1) * BYTES_OF_EVENT;

/**
 * Runs a command against one stream: read, fold, decide, append at the revision that was read; after a lost race, again.
 * `append` is the only write of a command. Folds are cached; the append detects a stale one. A decision without an append (a refusal,
 * or no events) on a cached fold may be stale, so the fold is brought up to date and the command decided again. A read that ends
 * before the revision that a conflict reported is incomplete: no command is decided on it.
 *
 * A command that begins a stream may be marked `expectsNew`: it is then decided without reading, and the append detects an existing
 * stream. A retry of it by another process that decides the same succeeds without `earlier`.
 */
export class Executor {
  private readonly folds = new BoundedCache<string, FoldedStream<unknown>>(CACHE_BYTES, bytesOf);

  constructor(
    private readonly store: EventStore,
    private readonly jurisdiction: string,
  ) {}

  /** What its cache holds, estimated. */
  get cachedBytes(): number {
    return this.folds.weight;
  }

  async execute<State, Command extends { readonly at: Instant }, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    command: Command,
    envelope: Envelope,
    { expectsNew = false }: { readonly expectsNew?: boolean } = {},
  ): Promise<Executed<State> | Rejection> {
    const stream = streamOf(aggregate, id);
    let fold = this.folds.get(stream) as FoldedStream<State> | undefined;
    if (expectsNew) fold ??= emptyStream(aggregate.decider.initial);
    let isFresh = false;
    let toldOf = -1;
    for (let attempt = 0; attempt < LIMITS.commandAttempts; attempt++) {
      if (fold === undefined || (!isFresh && attempt > 0)) {
        fold = await this.upToDate(aggregate, stream, fold, ({ revision }) => revision >= toldOf);
        isFresh = true;
      }
      const earlier = fold.commands.get(envelope.commandId);
      if (earlier !== undefined) return done(fold, [], earlier.position, earlier);

      const at = fold.lastAt === null ? command.at : laterOf(command.at, fold.lastAt);
      const decision = aggregate.decider.decide({ ...command, at }, fold.state);
      if (decision.outcome === 'rejected' || decision.events.length === 0) {
        if (!isFresh) continue;
        if (fold.revision >= 0) this.folds.set(stream, fold);
        return decision.outcome === 'rejected' ? decision : done(fold, [], fold.last?.position ?? null, null);
      }
      assert(decision.events.length <= LIMITS.eventsPerAppend, 'one command leads to a bounded number of events');
      const events = this.record(aggregate, decision.events, envelope);
      const appended = await this.store.append(stream, fold.revision < 0 ? 'no-stream' : fold.revision, events);
      if (appended.outcome === 'appended') {
        const first = fold.revision + 1;
        const recorded = events.map((event, index) => ({ ...event, stream, revision: first + index, position: appended.position }));
        const after = foldOn(aggregate, fold, recorded);
        this.folds.set(stream, after);
        return done(after, events, appended.position, null);
      }
      this.folds.delete(stream);
      isFresh = false;
      toldOf = appended.actual ?? -1;
    }
    throw new ConcurrencyConflict(`${stream} was changed by others ${LIMITS.commandAttempts} times in a row`);
  }

  /** What a command would lead to as things stand, without writing it. */
  async preview<State, Command extends { readonly at: Instant }, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    command: Command,
  ): Promise<Decision<Event>> {
    const { state, lastAt } = await this.load(aggregate, id);
    return aggregate.decider.decide({ ...command, at: lastAt === null ? command.at : laterOf(command.at, lastAt) }, state);
  }

  /**
   * The current state of one aggregate. `known` is a position that one of its events is known to have, as its document shows: a fold
   * that ends before it is incomplete and is read again. Throws `Unavailable` where the log keeps returning less.
   */
  async load<State, Command extends { readonly at: Instant }, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    known: Position | null = null,
  ): Promise<FoldedStream<State>> {
    const stream = streamOf(aggregate, id);
    const kept = this.folds.get(stream) as FoldedStream<State> | undefined;
    const fold = await this.upToDate(aggregate, stream, kept, ({ last }) => !isBefore(last?.position ?? null, known));
    if (fold !== kept && fold.revision >= 0) this.folds.set(stream, fold);
    return fold;
  }

  /** One aggregate as it was after one of its events, which is known to exist. Throws `Unavailable` where the log returns less. */
  async loadAt<State, Command extends { readonly at: Instant }, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    revision: number,
  ): Promise<FoldedStream<State>> {
    const stream = streamOf(aggregate, id);
    let fold: FoldedStream<State> = emptyStream(aggregate.decider.initial);
    while (fold.revision < revision) {
      const limit = Math.min(revision - fold.revision, LIMITS.eventsPerStream);
      const events = await this.store.read(stream, fold.revision + 1, limit);
      if (events.length === 0)
        throw new Unavailable(`The log answers less than it has told of: ${stream} behind revision ${fold.revision}`);
      fold = foldOn(aggregate, fold, events);
    }
    return fold;
  }

  /** Reads again at once while the answer is incomplete, a bounded number of times; then the caller gets `Unavailable` and may retry. */
  private async upToDate<State, Command extends { readonly at: Instant }, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    stream: string,
    kept: FoldedStream<State> | undefined,
    reachesWhatIsKnown: (fold: FoldedStream<State>) => boolean,
  ): Promise<FoldedStream<State>> {
    let fold = kept ?? emptyStream(aggregate.decider.initial);
    for (let attempt = 0; attempt < LIMITS.commandAttempts; attempt++) {
      fold = await readOn(this.store, aggregate, stream, fold);
      if (reachesWhatIsKnown(fold)) return fold;
    }
    throw new Unavailable(`The log answers less than it has told of: ${stream} behind revision ${fold.revision}`);
  }

  private record<State, Command extends { readonly at: Instant }, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    events: readonly Event[],
    envelope: Envelope,
  ): readonly NewEvent[] {
    const { recordedAt, ...context } = envelope;
    const metadata = { ...context, jurisdiction: this.jurisdiction };
    return events.map((event, index) => ({
      // The content is part of the id: a duplicate of this command that decided otherwise is a conflict, never treated as a retry.
      id: deterministicId(envelope.commandId, String(index), event.type, event.at, JSON.stringify(event.data)),
      type: event.type,
      v: aggregate.shapes[event.type as Event['type']].v,
      at: event.at,
      recordedAt,
      data: event.data,
      metadata,
    }));
  }
}

const done = <State>(
  fold: FoldedStream<State>,
  events: readonly NewEvent[],
  position: Position | null,
  earlier: RecordedEvent | null,
): Executed<State> => ({ outcome: 'done', state: fold.state, revision: fold.revision, position, events, earlier });
