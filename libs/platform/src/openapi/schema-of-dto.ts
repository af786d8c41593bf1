import { getMetadataStorage } from 'class-validator';
import type { DtoType } from './description.js';
import { orNull, type Schema } from './schema.js';

/** The schema of a DTO, made of the rules that its decorators carry: what is documented is what is checked. */
export function schemaOfDto(type: DtoType): Schema {
  const fields = fieldSchemasOf(type);
  return {
    title: type.name.replace(/(Dto|Body)$/, ''),
    type: 'object',
    // A field that may be left out may be null as well: `IsOptional` accepts both.
    properties: Object.fromEntries([...fields].map(([name, { schema, isOptional }]) => [name, isOptional ? orNull(schema) : schema])),
    required: [...fields].flatMap(([name, { isOptional }]) => (isOptional ? [] : [name])),
    additionalProperties: false,
  };
}

export interface Field {
  readonly schema: Schema;
  readonly isOptional: boolean;
}

/** One rule, as class-validator stores it. */
interface Rule {
  readonly propertyName: string;
  readonly type: string;
  readonly name?: string;
  readonly constraints?: readonly unknown[];
  readonly each?: boolean;
  readonly message?: unknown;
  /** A rule of our own gives its schema here, and a rule for objects gives their class. */
  readonly context?: { readonly schema?: Schema; readonly nested?: DtoType };
}

/** The fields by name, sorted: class-validator keeps its rules in no fixed order. Empty for a class without rules. */
export function fieldSchemasOf(type: DtoType): ReadonlyMap<string, Field> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', true, false) as readonly Rule[];
  const byField = [...Map.groupBy(rules, ({ propertyName }) => propertyName)].sort(([one], [other]) => (one < other ? -1 : 1));
  return new Map(byField.map(([name, ofField]) => [name, fieldOf(name, ofField)]));
}

function fieldOf(name: string, rules: readonly Rule[]): Field {
  const words = new Set(rules.flatMap(({ message }) => (typeof message === 'string' ? [message.replace(`${name}: `, '')] : [])));
  const description = sentenceOf([...words].sort().join(', '));
  const [ofItems, ofValue] = [rules.filter(({ each }) => each === true), rules.filter(({ each }) => each !== true)];
  const schema = { ...(ofItems.length > 0 && { type: 'array' as const, items: schemaOfRules(ofItems) }), ...schemaOfRules(ofValue) };
  return {
    // A schema with a title is shared by all fields that use it, so the words of one field do not describe it.
    schema: { ...schema, ...(description !== '' && schema.title === undefined && { description }) },
    isOptional: rules.some((rule) => rule.name === 'isOptional'),
  };
}

/** A string, where no rule gives a type. */
function schemaOfRules(rules: readonly Rule[]): Schema {
  const schemas = rules.map(schemaOfRule);
  const nested = schemas.find(({ title }) => title !== undefined);
  const schema = nested ?? schemas.reduce<Schema>((all, one) => ({ ...all, ...one }), {});
  return 'type' in schema || 'oneOf' in schema ? schema : { type: 'string', ...schema };
}

function schemaOfRule({ name = '', constraints = [], context }: Rule): Schema {
  if (context?.nested !== undefined) return schemaOfDto(context.nested);
  return context?.schema ?? SCHEMAS[name]?.(constraints) ?? {};
}

/** The rules of class-validator that the DTOs use. Others have no schema: their message describes them. */
const SCHEMAS: Readonly<Record<string, (constraints: readonly unknown[]) => Schema>> = {
  matches: ([pattern]) => ({ pattern: (pattern as RegExp).source }),
  isIn: ([values]) => ({ enum: values as readonly string[] }),
  isLength: ([least, most]) => ({ minLength: least as number, maxLength: most as number }),
  maxLength: ([most]) => ({ maxLength: most as number }),
  isEmail: () => ({ format: 'email' }),
  isUrl: () => ({ format: 'uri' }),
  isRFC3339: () => ({ format: 'date-time' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  min: ([least]) => ({ minimum: least as number }),
  max: ([most]) => ({ maximum: most as number }),
  isBoolean: () => ({ type: 'boolean' }),
  isArray: () => ({ type: 'array' }),
  arrayMinSize: ([least]) => ({ minItems: least as number }),
  arrayMaxSize: ([most]) => ({ maxItems: most as number }),
  arrayUnique: () => ({ uniqueItems: true }),
};

const sentenceOf = (words: string): string => (words === '' ? '' : `${words.charAt(0).toUpperCase()}${words.slice(1)}.`);
