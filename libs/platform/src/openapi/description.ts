import type { Schema } from './schema.js';

/**
 * What the documentation of a route needs besides its declarations. Method, path, roles, DTOs and their rules are read from the code.
 */
export interface Description {
  /** The heading under which it is listed. */
  readonly tag?: string;
  readonly summary?: string;
  /** The command that the route sends, by aggregate and name: `cases/assign`. */
  readonly command?: string;
  readonly details?: string;
  /** Schemas of those parameters of the path that are no plain id. */
  readonly path?: Readonly<Record<string, Schema>>;
  /** Parameters of the query: in addition to the DTO's, or instead of what its rules say. */
  readonly query?: Readonly<Record<string, Parameter>>;
  readonly headers?: Readonly<Record<string, Parameter>>;
  /** Where the body is not the JSON of the DTO that the handler declares. */
  readonly body?: ({ readonly type: DtoType } | { readonly schema: Schema }) & { readonly mediaTypes: readonly string[] };
  /** An example of the body. */
  readonly example?: object;
  /** The answer of a success. */
  readonly answer?: Answer;
  /** Other answers, by status: besides the usual one, or, where that is absent, instead of it. */
  readonly answers?: Readonly<Record<number, Answer>>;
  /** The codes of its refusals by status, in addition to those that every such route has. An empty list: a refusal without a code. */
  readonly refuses?: Readonly<Record<number, readonly string[]>>;
  /** The form of its refusals, by default problem details; null where it refuses nothing itself. */
  readonly refusals?: Content | null;
  /** Headers that every refusal of the route has. */
  readonly refusalHeaders?: Answer['headers'];
}

export interface Parameter {
  readonly schema: Schema;
  readonly required?: boolean;
}

export interface Answer {
  /** Given where many routes answer the same: the answer is then written once, among the components. */
  readonly name?: string;
  readonly says: string;
  readonly content?: Content;
  readonly headers?: Readonly<Record<string, Schema>>;
}

/** By media type. */
export type Content = Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>;

export type DtoType = abstract new (...parameters: never[]) => object;

const KEY = 'onedoor:description';

/** Adds a description to a route, or to all routes of a controller. */
export const Describe =
  (description: Description): ClassDecorator & MethodDecorator =>
  (target: object, _name?: string | symbol, property?: PropertyDescriptor): void =>
    Reflect.defineMetadata(KEY, description, (property?.value as object | undefined) ?? target);

/** The description of a route, merged into the one of its controller. */
export function descriptionOf(controller: object, handler: object): Description {
  const common = (Reflect.getMetadata(KEY, controller) ?? {}) as Description;
  const own = (Reflect.getMetadata(KEY, handler) ?? {}) as Description;
  return {
    ...common,
    ...own,
    path: { ...common.path, ...own.path },
    headers: { ...common.headers, ...own.headers },
    refuses: { ...common.refuses, ...own.refuses },
  };
}

/** A JSON answer. */
export const json = (
  says: string,
  schema: Schema,
  more: { readonly example?: unknown; readonly headers?: Answer['headers'] } = {},
): Answer => ({
  says,
  content: { 'application/json': { schema, ...('example' in more && { example: more.example }) } },
  ...(more.headers && { headers: more.headers }),
});
