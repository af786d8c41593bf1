import type { Provider, Type } from '@nestjs/common';
import type { Aggregate, CommandSet, Publication, Projected, Projection, React, RecordedEvent, UnsealPurpose } from '@onedoor/engine';
import type { DomainEvent, Instant } from '@onedoor/kernel';
import type { HandledAggregate } from '../commands/aggregate-handler.js';
import type { CommandAnswers } from '../commands/command-routes.js';
import type { ErrorForm } from '../http/error.filter.js';
import type { Worker } from '../workers/worker.js';
import type { ContextView } from './views.js';

/**
 * A context, whole: what it keeps, tells, hears and answers. Its workers, topics, checkpoints, rebuilds, audited streams and routes are
 * derived from it; there is no second list of any of them.
 */
export interface Context {
  readonly name: string;
  readonly aggregates: readonly ContextAggregate[];
  /** Its read models. */
  readonly projections: readonly (Projection | ContextView)[];
  /** The topics that its aggregates' `publish` tells on, besides those that are made with a department. */
  readonly topics: readonly string[];
  /** What it hears of other contexts, and the commands that follow; null where it hears of none. */
  readonly consumes: { readonly topics: readonly string[]; readonly react: React } | null;
  /** Providers that run beside the requests: tickers, couriers. */
  readonly workers: readonly Type<{ worker(): Worker }>[];
  /** It reads the streams and documents of all contexts, and still writes none but its own. */
  readonly readsAll?: boolean;
  /** What it does with personal data. */
  readonly vault: VaultUse;
  /** The controllers of its reads and its pages. Those of its commands are made from their definitions. */
  readonly http: readonly Type[];
  /** Controllers that a process registers in a demonstration only. */
  readonly demoHttp?: readonly Type[];
  /** The error forms of its interfaces that have their own. */
  readonly errorForms?: readonly ErrorForm[];
  readonly providers: readonly Provider[];
  /** Providers that the composition, a demo or an import works with. */
  readonly exports: readonly (Type | symbol)[];
}

/** One aggregate of a context: its streams, its commands, and what others learn of its events. */
export interface ContextAggregate extends HandledAggregate {
  /** Whether its id is the reference of a request, under which the whole story is found. */
  readonly isStory: boolean;
  /** What its commands answer over HTTP; absent where none has a route. */
  readonly answers?: CommandAnswers;
  /**
   * A relay of its own, by its name, instead of the context's: given where an aggregate began to tell others later than the context did, so
   * that what was there before is told too.
   */
  readonly relay?: string;
  /** What an event tells other contexts, given the state it led to. */
  publish?(event: Projected<DomainEvent>, stateAfter: unknown): readonly Publication[];
  /** One sentence for an event, without personal data. */
  describe(event: DomainEvent): string;
  /** What its streams amount to, for an auditor; null for none. Given where auditors read its streams. */
  present?(events: readonly RecordedEvent[]): object | null;
}

/** What a context may do with the vault. What is not declared is refused. */
export interface VaultUse {
  readonly seals?: boolean;
  readonly keepsContacts?: boolean;
  readonly unseals?: readonly UnsealPurpose[];
  readonly opensContacts?: readonly UnsealPurpose[];
}

export const defineContext = (context: Context): Context => context;

/** An aggregate as a context lists it: its own types are checked here and forgotten. */
export function contextAggregate<
  State,
  Existing extends State,
  Command extends { readonly at: Instant },
  Event extends DomainEvent,
  Name extends string,
  Needs,
>(
  aggregate: Omit<ContextAggregate, 'of' | 'commands' | 'needs' | 'publish' | 'describe'> & {
    readonly of: Aggregate<State, Command, Event>;
    readonly commands: CommandSet<State, Existing, Command, Name, Needs>;
    readonly needs?: Type<Needs> | symbol;
    publish?(event: Projected<NoInfer<Event>>, stateAfter: NoInfer<State>): readonly Publication[];
    describe(event: NoInfer<Event>): string;
  },
): ContextAggregate {
  return aggregate as unknown as ContextAggregate;
}

/** The categories of the streams that a context keeps. */
export const categoriesOf = ({ aggregates }: Context): readonly string[] => aggregates.map(({ of }) => of.category);
