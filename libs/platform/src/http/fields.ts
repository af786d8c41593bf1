import { applyDecorators } from '@nestjs/common';
import { LIMITS } from '@onedoor/kernel';
import { IsIn, IsOptional, Matches, ValidateBy } from 'class-validator';
import type { Schema } from '../openapi/schema.js';

/** A rule of our own: as class-validator judges it, as its message says it, and as the interface's description shows it. */
export const Satisfies = (field: string, isFine: (value: unknown) => boolean, rule: string, schema: Schema): PropertyDecorator =>
  ValidateBy({ name: 'satisfies', validator: { validate: isFine } }, { message: `${field}: ${rule}`, context: { schema } });

export const OneOf = (field: string, codes: readonly string[]): PropertyDecorator =>
  IsIn(codes, { message: `${field}: must be one of ${codes.join(', ')}` });

/** Half of a surrogate pair is no character, and no encoder takes it; nor does text hold a NUL. */
export const isText = (value: unknown): value is string => typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000');

/** Text of 1 to so many characters. */
export const Text = (field: string, characters: number): PropertyDecorator =>
  Satisfies(
    field,
    (value) => isText(value) && value.length >= 1 && value.length <= characters,
    `must be text of 1 to ${characters} characters, in well-formed Unicode and without NUL`,
    { type: 'string', minLength: 1, maxLength: characters },
  );

/** Free text that may be left out; it is sealed before anything else sees it. */
export const Note = (field: string): PropertyDecorator =>
  applyDecorators(IsOptional(), Text(field, LIMITS.descriptionCharacters)) as PropertyDecorator;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

/** An instant in UTC, with seconds and up to three decimals of them. */
export const InstantText = (field: string): PropertyDecorator =>
  Satisfies(
    field,
    (value) => typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value)),
    'must be an instant in UTC, such as 2026-01-31T12:00:00Z',
    { type: 'string', format: 'date-time', pattern: INSTANT.source },
  );

/** The code of a department. */
export const DepartmentCode = (field: string): PropertyDecorator =>
  Matches(/^\P{Cc}{1,100}$/u, { message: `${field}: must be the code of a department` });
