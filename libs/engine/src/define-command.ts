import type { Instant, Principal, Rejection, Role } from '@onedoor/kernel';
import type { Entropy } from './ports/entropy.js';

/**
 * One command, whole: what it takes, who may ask for it, what has to be found out first, and how it may be refused. Its route and the
 * route's description, the authority matrix, the actions that an answer allows and the bulk form are derived from it.
 */
export interface CommandDefinition<Existing, Command, Body extends object, Needs, Stream extends StreamState = StreamState> {
  /** In the path, in the transition table and among the allowed actions. */
  readonly name: string;
  /** The type of the decider's command, from which ids of commands are made: it never changes. */
  readonly type: string;
  readonly summary: string;
  readonly details?: string;
  /** A class whose fields carry the rules of class-validator, or `NoBody`. */
  readonly body: new () => Body;
  readonly example: NoInfer<Body>;
  /** Empty: only consumers, tickers, imports and the command line ask for it, and it has no route. */
  readonly roles: readonly Role[];
  readonly stream?: Stream;
  /**
   * Its body or its answer holds a secret: then it takes no idempotency key. A fast hash of the body would stand in the log under it, and a
   * secret that was told once can't be told again.
   */
  readonly holdsSecret?: boolean;
  /** Where its route is another one than `POST …/:id/<name>`, answered by 200. */
  readonly route?: CommandRoute<Body>;
  /** Codes of its refusals besides those of the transition table, each with the HTTP status that says so. */
  readonly refusals?: Readonly<Record<string, number>>;
  /**
   * Finds out what the decider has to know besides the body: policies, sealed words, dates. Where it is absent, the body is the command.
   * Throws only what a client may try again (`Unavailable`).
   */
  prepare?(asked: Asked<Existing, Body, Stream>, needs: Needs): MaybePromise<Command | Revealing<Command> | Rejection>;
}

/** A route of a form of its own. */
export interface CommandRoute<Body> {
  readonly method?: 'POST' | 'PUT' | 'DELETE';
  /** Below the set's path, such as `:id/password`. */
  readonly path: string;
  readonly status?: 200 | 201 | 204;
  /** Where the path names no id: that of the only aggregate of its kind, or how the one that is begun gets it. */
  readonly id?: string | ((body: Body, entropy: Entropy) => string);
}

/** What of a definition decides what an idempotency key is to its command. */
type Keyed = Pick<CommandDefinition<never, never, never, never>, 'holdsSecret' | 'body'> & {
  readonly route?: { readonly id?: string | ((...of: never) => string) };
};

/** Whether a command takes an idempotency key. */
export const takesKey = ({ holdsSecret = false }: Pick<Keyed, 'holdsSecret'>): boolean => !holdsSecret;

/** Whether the same key can come with another body, and is then refused: where there is a body. */
export const canReuseKey = (definition: Pick<Keyed, 'holdsSecret' | 'body'>): boolean =>
  takesKey(definition) && (definition.body as unknown) !== NoBody;

/** Whether the path names no stream, and the body may name another one with each attempt. */
export const namesStreamByBody = ({ route }: Pick<Keyed, 'route'>): boolean => typeof route?.id === 'function';

/** A command with what its answer tells once and no event keeps: the secret of a token. */
export interface Revealing<Command> {
  readonly outcome: 'revealing';
  readonly command: Command;
  readonly reveals: object;
}

/**
 * Which stream a command is for. `existing` (the usual one): refused where nothing is there, and prepared knowing the state. `any`: decided
 * by the fold alone, prepared without a read. `new`: begins its stream, decided without a read.
 */
export type StreamState = 'existing' | 'any' | 'new';

export interface Asked<Existing, Body, Stream extends StreamState = 'existing'> {
  readonly id: string;
  readonly body: Body;
  /** When it happens for the city. */
  readonly at: Instant;
  /** Null where the system itself asks. */
  readonly by: Principal | null;
  /** The network address that asks, for what is limited by it; null where none does. */
  readonly client: string | null;
  /** Asked what would happen: nothing may be written for it. */
  readonly isPreview: boolean;
  readonly state: Stream extends 'existing' ? Existing : null;
}

/** Marks a command that says everything by its name and its aggregate: a body with any field is refused. */
export class NoBody {}

type MaybePromise<Value> = Value | Promise<Value>;

/** A definition as a set holds it: the types of its body and its stream are its own business. */
export type AnyCommand<Existing, Command, Needs, Name extends string = string> = Omit<
  CommandDefinition<Existing, Command, never, Needs, 'existing'>,
  'stream'
> & { readonly name: Name; readonly stream?: StreamState };

/** The commands of one aggregate. A name without a definition, or a definition under another name, does not compile. */
export interface CommandSet<State, Existing extends State, Command, Name extends string, Needs> {
  /** Of the aggregate's routes: `api/v1/cases`. */
  readonly path: string;
  /** What the id is called in paths. */
  readonly parameter: string;
  /** The id that a path names; null where it can be none. */
  idOf(text: string): string | null;
  /** The refusal where there is no such aggregate. */
  readonly missing: Rejection;
  existing(state: State): Existing | null;
  /** What the aggregate's transition table says: pure, asked by the decider too. Null: it allows it. */
  refusal(name: Name, state: Existing): Rejection | null;
  /** The codes that the table can refuse a command by. */
  refusalsOf(name: Name): readonly string[];
  /** Whether a principal whose role may ask may do so here; null: it may. */
  mayAct?(principal: Principal, state: Existing): Rejection | null;
  /** Given where commands hold for the edition that their sender has seen: then `If-Match` is required. */
  editionOf?(state: Existing): number;
  /** Codes of refusals that all its commands have besides `missing`, those of `mayAct` included, each with its HTTP status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly commands: { readonly [Each in Name]: AnyCommand<Existing, Command, Needs, Each> };
}

/** A set whose types are forgotten, for the machinery that runs all of them. */
export type AnyCommandSet = CommandSet<unknown, unknown, { readonly at: Instant }, string, unknown>;

/**
 * For the commands of one aggregate: binds the types of its state, its commands and its services once, so that a command's own file infers
 * name and body.
 */
export const defineCommand =
  <Existing, Command extends { readonly type: string }, Needs>() =>
  <const Name extends string, Body extends object, const Stream extends StreamState = 'existing'>(
    definition: CommandDefinition<Existing, Command, Body, Needs, Stream> & { readonly name: Name; readonly type: Command['type'] },
  ): AnyCommand<Existing, Command, Needs, Name> =>
    definition as never;

/**
 * A command that only the system sends, typed by the decider's own command: a consumer's, a ticker's, a courier's. It has no route, and no
 * body to check.
 */
export const systemCommand = <const Name extends string, Command extends { readonly type: string }>(
  name: Name,
  type: Command['type'],
  summary: string,
  stream: 'any' | 'new' = 'any',
): AnyCommand<never, Command, never, Name> => ({ name, type, summary, body: NoBody as never, example: {} as never, roles: [], stream });

/** What the set of an aggregate without routes has in common with every other such set. */
export const WITHOUT_ROUTES = {
  path: '',
  parameter: 'id',
  idOf: () => null,
  refusal: () => null,
  refusalsOf: () => [],
  statuses: {},
} as const;

/** An action that a role may take on an aggregate, and why not now; null: it may. */
export interface AllowedAction {
  readonly name: string;
  readonly refusal: Rejection | null;
}

/** The actions of a principal on an aggregate as it stands: none of other roles, and none at all where the principal may not act here. */
export function allowedActions<State, Existing extends State, Command, Name extends string, Needs>(
  set: CommandSet<State, Existing, Command, Name, Needs>,
  state: Existing,
  principal: Principal,
): readonly AllowedAction[] {
  if (set.mayAct !== undefined && set.mayAct(principal, state) !== null) return [];
  return Object.values<AnyCommand<Existing, Command, Needs, Name>>(set.commands)
    .filter(({ roles }) => roles.includes(principal.role))
    .map(({ name }) => ({ name, refusal: set.refusal(name, state) }));
}

/** Who may ask for what: a row a route. */
export const authorityMatrix = ({
  path,
  parameter,
  commands,
}: AnyCommandSet): readonly (readonly [route: string, roles: readonly Role[]])[] =>
  Object.values(commands)
    .filter(({ roles }) => roles.length > 0)
    .map(({ name, route, roles }) => [
      `${route?.method ?? 'POST'} /${[path, route?.path ?? `:${parameter}/${name}`].filter((part) => part !== '').join('/')}`,
      roles,
    ]);
