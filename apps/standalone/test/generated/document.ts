import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The part of JSON Schema that docs/openapi.yaml uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly roles: readonly string[] | null;
  readonly parameters: readonly Parameter[];
  /** By media type; empty where it takes no body. */
  readonly bodies: Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>;
  readonly statuses: readonly string[];
  readonly isStream: boolean;
}

interface Described {
  readonly 'x-roles'?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Operation['bodies'] };
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
}

const DOCUMENT = parse(readFileSync(join(import.meta.dirname, '../../../../docs/openapi.yaml'), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
};

/** Every operation of docs/openapi.yaml. */
export const OPERATIONS: readonly Operation[] = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { 'x-roles': roles = null, parameters = [], requestBody, responses }]) => ({
    method: method.toUpperCase(),
    path,
    roles,
    parameters,
    bodies: requestBody?.content ?? {},
    statuses: Object.keys(responses),
    isStream: Object.values(responses).some(({ content = {} }) => 'text/event-stream' in content),
  })),
);

/** A schema with its reference followed, and what it is all of put together. */
export function resolved(schema: Schema): Schema {
  if (schema.$ref !== undefined) {
    const found = schema.$ref
      .slice(2)
      .split('/')
      .reduce<unknown>((at, step) => (at as Readonly<Record<string, unknown>>)[step], DOCUMENT);
    return resolved(found as Schema);
  }
  return (schema.allOf ?? []).map(resolved).reduce((all, one) => ({ ...all, ...one }), schema);
}
