import { applyDecorators } from '@nestjs/common';
import {
  DEPARTMENT_CODE_CHARACTERS,
  fieldsOf,
  hasCharacters,
  identifierPattern,
  identifierRule,
  isIdentifier,
  LIMITS,
  parseInstant,
  SERVICE_CODE_CHARACTERS,
} from '@onedoor/kernel';
import { Type } from 'class-transformer';
import { IsIn, IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import type { Schema } from '../openapi/schema.js';

/** A rule of our own: its check for class-validator, its message, and its schema for the interface's description. */
export const Satisfies = (field: string, isFine: (value: unknown) => boolean, rule: string, schema: Schema): PropertyDecorator =>
  ValidateBy({ name: 'satisfies', validator: { validate: isFine } }, { message: `${field}: ${rule}`, context: { schema } });

export const OneOf = (field: string, codes: readonly string[]): PropertyDecorator =>
  IsIn(codes, { message: `${field}: must be one of ${codes.join(', ')}` });

/** Text in well-formed Unicode (no lone surrogate, which no encoder accepts) and without NUL. */
export const isText = (value: unknown): value is string => typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000');

/** Text of 1 to so many characters: code points, as the schema's `maxLength` counts them. */
export const Text = (field: string, characters: number): PropertyDecorator =>
  Satisfies(
    field,
    (value) => isText(value) && hasCharacters(value, 1, characters),
    `must be text of 1 to ${characters} characters, in well-formed Unicode and without NUL`,
    { type: 'string', minLength: 1, maxLength: characters },
  );

/** Free text that may be left out; it is sealed before it is stored. */
export const Note = (field: string): PropertyDecorator =>
  applyDecorators(IsOptional(), Text(field, LIMITS.descriptionCharacters)) as PropertyDecorator;

/** A whole number within bounds, both included. */
export const WholeNumber = (field: string, least: number, most: number): PropertyDecorator =>
  Satisfies(
    field,
    (value) => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most,
    `must be a whole number from ${least} to ${most}`,
    { type: 'integer', minimum: least, maximum: most },
  );

/**
 * The version that an author has seen; 0 before the first. It stands in the body rather than in `If-Match`: it is the number that readers
 * and events use for the version, it exists before the aggregate does, and it stays the same when another part of the aggregate
 * changes, such as a signature.
 */
export const BasedOn = (field: string): PropertyDecorator => WholeNumber(field, 0, LIMITS.eventsPerStream);

/** So many texts at most, each of 1 to so many characters. */
export const Texts = (field: string, most: number, characters: number): PropertyDecorator =>
  Satisfies(
    field,
    (value) => Array.isArray(value) && value.length <= most && value.every((each) => isText(each) && hasCharacters(each, 1, characters)),
    `must be a list of up to ${most} texts of 1 to ${characters} characters, in well-formed Unicode and without NUL`,
    { type: 'array', maxItems: most, items: { type: 'string', minLength: 1, maxLength: characters } },
  );

/**
 * A value that a function checks as a whole, naming each part that is wrong (`amount: must be a whole number from 1`). A problem of the
 * value itself begins with `noun`, which is replaced by the field's name.
 */
export const Follows = (
  field: string,
  noun: string,
  problemsOf: (value: unknown) => readonly string[],
  schema: Schema,
): PropertyDecorator =>
  ValidateBy(
    { name: 'follows', validator: { validate: (value) => problemsOf(value).length === 0 } },
    { message: ({ value }) => problemsWithin(field, noun, problemsOf(value)).join('\n'), context: { schema } },
  );

/** A list of up to so many such values. */
export const ListThatFollows = (
  field: string,
  noun: string,
  problemsOf: (value: unknown) => readonly string[],
  { most, items }: { readonly most: number; readonly items: Schema },
): PropertyDecorator =>
  Follows(
    field,
    field,
    (value) =>
      Array.isArray(value) && value.length <= most
        ? value.flatMap((each: unknown, index) => problemsWithin(`[${index}]`, noun, problemsOf(each)))
        : [`${field}: must be a list of up to ${most}`],
    { type: 'array', maxItems: most, items },
  );

const problemsWithin = (path: string, noun: string, problems: readonly string[]): readonly string[] =>
  problems.map((problem) =>
    problem.startsWith(`${noun}: `) ? `${path}${problem.slice(noun.length)}` : `${path}${problem.startsWith('[') ? '' : '.'}${problem}`,
  );

type Fields = new () => object;

/** An object with fields of its own, checked by the rules of its class. `ValidateNested` alone accepts an absent object. */
export const Nested = (field: string, type: Fields): PropertyDecorator =>
  applyDecorators(
    Satisfies(field, (value) => fieldsOf(value) !== null, 'must be an object', { type: 'object' }),
    ValidateNested({ message: `${field}: must be an object`, context: { nested: type } }),
    Type(() => type),
  ) as PropertyDecorator;

/** A list of so many such objects. */
export const ListOf = (
  field: string,
  type: Fields,
  { least = 0, most }: { readonly least?: number; readonly most: number },
): PropertyDecorator => {
  const rule = `must be a list of ${least} to ${most} objects`;
  return applyDecorators(
    Satisfies(
      field,
      (value) => Array.isArray(value) && value.length >= least && value.length <= most && value.every((each) => fieldsOf(each) !== null),
      rule,
      { type: 'array', ...(least > 0 && { minItems: least }), maxItems: most },
    ),
    ValidateNested({ each: true, message: `${field}: ${rule}`, context: { nested: type } }),
    Type(() => type),
  ) as PropertyDecorator;
};

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

/** An instant in UTC, with seconds and up to three decimals of them. */
export const InstantText = (field: string): PropertyDecorator =>
  Satisfies(
    field,
    (value) => typeof value === 'string' && INSTANT.test(value) && parseInstant(value) !== null,
    'must be an instant in UTC that exists, such as 2026-01-31T12:00:00Z',
    { type: 'string', format: 'date-time', pattern: INSTANT.source },
  );

/** A code or id that people choose: one line of characters that can be seen. */
export const Identifier = (field: string, characters: number): PropertyDecorator =>
  Satisfies(field, (value) => isIdentifier(value, characters), identifierRule(characters), identifierSchema(characters));

export const identifierSchema = (characters: number): Schema => ({
  type: 'string',
  minLength: 1,
  maxLength: characters,
  pattern: identifierPattern(characters).source,
});

/** The code of a department. */
export const DepartmentCode = (field: string): PropertyDecorator => Identifier(field, DEPARTMENT_CODE_CHARACTERS);

/** The code of a service. */
export const ServiceCode = (field: string): PropertyDecorator => Identifier(field, SERVICE_CODE_CHARACTERS);
