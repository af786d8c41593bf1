import type { Provider, Type } from '@nestjs/common';
import type {
  Aggregate,
  CommandSet,
  Outbox,
  Publication,
  Projected,
  Projection,
  React,
  RecordedEvent,
  UnsealPurpose,
} from '@onedoor/engine';
import type { DomainEvent, Instant } from '@onedoor/kernel';
import type { HandledAggregate } from '../commands/aggregate-handler.js';
import type { CommandAnswers } from '../commands/command-routes.js';
import type { ErrorForm } from '../http/error-form.js';
import type { Ports } from '../ports.js';
import type { Worker } from '../workers/worker.js';
import type { ContextView } from './views.js';

/**
 * The whole definition of a context: what it stores, publishes, consumes and answers. Its workers, topics, checkpoints, rebuilds, audited
 * streams and routes are derived from it; there is no second list of any of them.
 */
export interface Context {
  readonly name: string;
  readonly aggregates: readonly ContextAggregate[];
  /** Its read models. */
  readonly projections: readonly (Projection | ContextView)[];
  /** The topics that its aggregates publish on, besides those that are created with a department. */
  readonly topics: readonly string[];
  /** The topics of other contexts that it consumes, and the commands that follow; null where it consumes none. */
  readonly consumes: { readonly topics: readonly string[]; readonly react: React } | null;
  /** Providers that run beside the requests: tickers, couriers. */
  readonly workers: readonly Type<{ worker(): Worker }>[];
  /** Whether it may read the streams and documents of all contexts; it writes only its own in any case. */
  readonly readsAll?: boolean;
  /** The categories of other contexts' streams that it may look at, and what for is said where it does. */
  readonly looksAt?: readonly string[];
  /** Whether it may read the parked messages of all consumers. */
  readonly readsParked?: boolean;
  /** What it does with personal data. */
  readonly vault: VaultUse;
  /** The controllers of its reads and its pages. Those of its commands are made from their definitions. */
  readonly http: readonly Type[];
  /** Controllers that a process registers in demo mode only. */
  readonly demoHttp?: readonly Type[];
  /** The error forms of its interfaces that have their own. */
  readonly errorForms?: readonly ErrorForm[];
  readonly providers: readonly Provider[];
  /** Further providers that inject what a process is told by its settings. */
  settings?(process: ProcessSettings, ports: Pick<Ports, 'entropy'>): readonly Provider[];
  /** Providers that the composition, a demo or an import uses. */
  readonly exports: readonly (Type | symbol)[];
}

/** What a process tells all contexts that it holds. Each takes of it what its providers need. */
export interface ProcessSettings {
  /** What sessions are signed with, the same in every process that accepts them. Empty: random, so they end with the process. */
  readonly sessionKey: string;
  /** The keys that may post. */
  readonly open311Keys: readonly string[];
  /** Shown to everyone at `/outbox`, addresses and all: for demonstrations only, null elsewhere. */
  readonly outbox: Outbox | null;
  /** The contexts of the product, whichever process holds them. */
  readonly contexts: readonly Context[];
}

/** One aggregate of a context: its streams, its commands, and how its events are published and described. */
export interface ContextAggregate extends HandledAggregate {
  /** Whether its id is the reference of a request: its events then carry the reference as their correlation id. */
  readonly idIsReference: boolean;
  /** The HTTP answers of its commands; absent where none has a route. */
  readonly answers?: CommandAnswers;
  /**
   * The name of a relay of its own, instead of the context's: given where an aggregate began to publish later than the context did, so that
   * its earlier events are published too.
   */
  readonly relay?: string;
  /** The public events that an event is published as, given the state it led to. */
  publish?(event: Projected<DomainEvent>, stateAfter: unknown): readonly Publication[];
  /** One sentence for an event, without personal data. */
  describe(event: DomainEvent): string;
  /** The state that its streams fold to, for an auditor; null for none. Given where auditors read its streams. */
  present?(events: readonly RecordedEvent[]): object | null;
  /**
   * What an event says was shown to its actor. Given where the streams, `<category>-<reference>.<month>`, record who was shown what of a
   * request: auditors read all of them together.
   */
  readingOf?(event: DomainEvent): RecordedReading;
}

/** What of a request was shown to someone, and why. */
export interface RecordedReading {
  /** Such as `description`; never what it says. */
  readonly parts: readonly string[];
  readonly purpose: UnsealPurpose | 'audit';
  /** As it was known at this instant; null: all that was known. */
  readonly asOf: Instant | null;
}

/** What a context may do with the vault. Anything undeclared is refused. */
export interface VaultUse {
  readonly seals?: boolean;
  readonly keepsContacts?: boolean;
  readonly unseals?: readonly UnsealPurpose[];
  readonly opensContacts?: readonly UnsealPurpose[];
}

export const defineContext = (context: Context): Context => context;

/** An aggregate for the list of a context: its own types are checked here and then erased. */
export function contextAggregate<
  State,
  Existing extends State,
  Command extends { readonly at: Instant },
  Event extends DomainEvent,
  Name extends string,
  Needs,
>(
  aggregate: Omit<ContextAggregate, 'of' | 'commands' | 'needs' | 'publish' | 'describe' | 'readingOf'> & {
    readonly of: Aggregate<State, Command, Event>;
    readonly commands: CommandSet<State, Existing, Command, Name, Needs>;
    readonly needs?: Type<Needs> | symbol;
    publish?(event: Projected<NoInfer<Event>>, stateAfter: NoInfer<State>): readonly Publication[];
    describe(event: NoInfer<Event>): string;
    readingOf?(event: NoInfer<Event>): RecordedReading;
  },
): ContextAggregate {
  return aggregate as unknown as ContextAggregate;
}

/** The categories of the streams that a context keeps. */
export const categoriesOf = ({ aggregates }: Context): readonly string[] => aggregates.map(({ of }) => of.category);
