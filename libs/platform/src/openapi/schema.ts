/** The part of JSON Schema (2020-12) in use. A schema with a title is written once, among the components, under that name. */
export interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: SchemaType | readonly SchemaType[];
  readonly const?: string;
  readonly enum?: readonly (string | null)[];
  readonly format?: 'date' | 'date-time' | 'email' | 'uri';
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

type SchemaType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null';

/**
 * An object with a schema for each member of `Data`: a missing or an additional member does not compile. `optional`: the members that
 * may be absent.
 */
export function record<Data extends object>(
  title: string,
  members: { readonly [Name in keyof Data]-?: Schema },
  optional: readonly (keyof Data & string)[] = [],
): Schema {
  const properties: Readonly<Record<string, Schema>> = members;
  const mayBeAbsent: readonly string[] = optional;
  return {
    title,
    type: 'object',
    required: Object.keys(properties).filter((name) => !mayBeAbsent.includes(name)),
    properties,
    additionalProperties: false,
  };
}

export const text = (description: string): Schema => ({ type: 'string', description });
export const flag = (description: string): Schema => ({ type: 'boolean', description });
/** A whole number from 0. */
export const count = (description: string): Schema => ({ type: 'integer', minimum: 0, description });
/** A whole number from 1. */
export const ordinal = (description: string): Schema => ({ type: 'integer', minimum: 1, description });
export const number = (description: string): Schema => ({ type: 'number', description });
export const oneOf = (values: readonly string[], description: string): Schema => ({ type: 'string', enum: values, description });
export const list = (items: Schema, description?: string): Schema => ({
  type: 'array',
  items,
  ...(description !== undefined && { description }),
});
export const orNull = (schema: Schema): Schema => ({
  ...schema,
  ...(schema.type !== undefined && { type: [schema.type, 'null'].flat() as readonly SchemaType[] }),
  ...(schema.enum && { enum: [...schema.enum, null] }),
});

/** An instant in UTC with exactly three decimals: one spelling for each moment. */
export const instant = (description: string): Schema => ({
  type: 'string',
  format: 'date-time',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
  description,
});

/** A reference in answers. Requests may write it in lower case and with dashes, as people read it out. */
export const REFERENCE: Schema = { type: 'string', pattern: '^[0-9A-HJKMNP-TV-Z]{11}$', description: 'The reference of a request.' };
