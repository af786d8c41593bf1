import { NoBody } from '@onedoor/engine';
import type { Controller } from '../access/routes-of.js';
import type { DtoType } from './description.js';

/** The classes of what a handler takes from a request, as its parameters declare them. */
export interface HandlerInputs {
  /** Null where there is none, or none of a class of its own. */
  readonly body: DtoType | null;
  readonly query: DtoType | null;
}

/** The metadata key of Nest's parameter decorators, and the numbers by which they tell body and query apart. */
const ARGUMENTS = '__routeArguments__';
const BODY = 3;
const QUERY = 4;

/** Types of parameters that describe no content. */
const NONE: ReadonlySet<unknown> = new Set([Object, NoBody]);

export function inputsOf(controller: Controller, name: string): HandlerInputs {
  const declared = Object.entries(
    (Reflect.getMetadata(ARGUMENTS, controller, name) ?? {}) as Readonly<Record<string, { readonly index: number }>>,
  );
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype, name) ?? []) as readonly DtoType[];
  const typeOf = (kind: number): DtoType | null => {
    const index = declared.find(([key]) => key.startsWith(`${kind}:`))?.[1].index;
    const type = index === undefined ? undefined : types[index];
    return type === undefined || NONE.has(type) ? null : type;
  };
  return { body: typeOf(BODY), query: typeOf(QUERY) };
}
