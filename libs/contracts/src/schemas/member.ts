import type { Instant } from '@onedoor/kernel';
import type { JsonSchema } from './json-schema.js';

/**
 * The schema of one member of an event's data. `of` exists for the compiler only: it lets a schema stand for exactly the type it
 * was made for, so a list of values that lacks one does not compile.
 */
export interface Member<Value> {
  readonly schema: JsonSchema;
  readonly of?: (value: Value) => Value;
  /** Whether messages of earlier releases lack it. */
  readonly isOptional?: true;
}

/** The schemas of all members of an event's data: one too few, one too many or one of another type does not compile. */
export type Members<Data> = { readonly [Name in keyof Data]-?: Member<Required<Data>[Name]> };

export const text = (description: string): Member<string> => ({ schema: { type: 'string', minLength: 1, description } });

/** Lower-case letters, digits and underscores: never a sentence. */
export const code = (description: string): Member<string> => ({ schema: { type: 'string', pattern: '^[a-z0-9_]+$', description } });

/** Upper-case letters, digits and underscores: stable, so that readers may branch on it. */
export const reason = (description: string): Member<string> => ({ schema: { type: 'string', pattern: '^[A-Z0-9_]+$', description } });

export const instant = (description: string): Member<Instant> => ({ schema: { ...INSTANT, description } });

/** A whole number from 1. */
export const ordinal = (description: string): Member<number> => ({ schema: { type: 'integer', minimum: 1, description } });

/** A whole number from 0. */
export const count = (description: string): Member<number> => ({ schema: { type: 'integer', minimum: 0, description } });

export const flag = (description: string): Member<boolean> => ({ schema: { type: 'boolean', description } });

export const oneOf = <const Value extends string>(values: readonly Value[], description: string): Member<Value> => ({
  schema: { type: 'string', enum: values, description },
});

export const orNull = <Value>({ schema }: Member<Value>): Member<Value | null> => ({
  schema: { ...schema, type: [schema.type ?? [], 'null'].flat(), ...(schema.enum && { enum: [...schema.enum, null] }) },
});

/** A member that came with a later release: messages of earlier ones lack it. */
export const added = <Value>(member: Member<Value>): Member<Value> => ({ ...member, isOptional: true });

export const degrees = (limit: number, description: string): Member<number> => ({
  schema: { type: 'number', minimum: -limit, maximum: limit, description },
});

export const list = <Value>({ schema }: Member<Value>, description: string): Member<readonly Value[]> => ({
  schema: { type: 'array', items: schema, description },
});

/** An object with members of its own. */
export const record = <Data extends object>(description: string, members: Members<Data>): Member<Data> => ({
  schema: { type: 'object', description, ...objectSchema(members) },
});

/** The required and all members of an object. */
export function objectSchema(members: Readonly<Record<string, { readonly schema: JsonSchema; readonly isOptional?: true }>>): JsonSchema {
  const entries = Object.entries(members);
  return {
    required: entries.flatMap(([name, { isOptional }]) => (isOptional ? [] : [name])),
    properties: Object.fromEntries(entries.map(([name, { schema }]) => [name, schema])),
  };
}

/** One spelling for each moment: UTC with exactly three decimals. */
export const INSTANT: JsonSchema = {
  type: 'string',
  format: 'date-time',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
};
