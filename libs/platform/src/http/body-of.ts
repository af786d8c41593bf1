import type { PipeTransform } from '@nestjs/common';
import { NoBody } from '@onedoor/engine';
import { fieldsOf } from '@onedoor/kernel';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { shapeProblem } from '../edge/body-shape.js';
import { schemaOfDto } from '../openapi/schema-of-dto.js';
import type { Schema } from '../openapi/schema.js';
import { RequestProblem } from './problem.js';

/**
 * Reads a JSON body as `Dto`, by the rules that its fields carry: `@Body(bodyOf(CreateAccountDto)) draft: CreateAccountDto`. Throws a
 * 400 with one line for each field that is wrong, or that is none of the DTO's; each rule's message begins with its field.
 */
export function bodyOf<Dto extends object>(type: new () => Dto): PipeTransform<unknown, Dto> {
  const schema = (type as unknown) === NoBody ? {} : schemaOfDto(type);
  return {
    transform(body) {
      if ((type as unknown) === NoBody) return noBodyIn(body) as Dto;
      const shape = fieldsOf(body) === null ? 'body: must be a JSON object' : shapeProblem(body);
      if (shape !== null) throw new RequestProblem(400, [shape]);
      const dropped = droppedFields(body);
      if (dropped.length > 0) throw new RequestProblem(400, dropped);
      // The validator looks for each unknown field among all errors so far: with many of them it would never come to an end.
      const unknown = [...unknownFieldsIn(body, schema)];
      if (unknown.length > UNKNOWN_MOST) throw new RequestProblem(400, unknown);
      const dto = plainToInstance(type, body);
      const errors = validateSync(dto, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true, stopAtFirstError: true });
      if (errors.length > 0)
        throw new RequestProblem(
          400,
          errors.flatMap((error) => linesOf(error)),
        );
      return dto;
    },
  };
}

const UNKNOWN_MOST = 20;

/** A line for each field that its object's schema does not know. */
function* unknownFieldsIn(value: unknown, { properties, items }: Schema, path = ''): Generator<string, void, undefined> {
  if (Array.isArray(value)) {
    if (items !== undefined) for (const [index, each] of value.entries()) yield* unknownFieldsIn(each, items, `${path}[${index}]`);
    return;
  }
  const fields = properties === undefined ? null : fieldsOf(value);
  if (fields === null || properties === undefined) return;
  const within = path === '' ? '' : `${path}.`;
  for (const [name, field] of Object.entries(fields)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known === undefined) yield unknownField(name, within);
    else yield* unknownFieldsIn(field, known, `${within}${name}`);
  }
}

/** The body of a command that takes none: any field is refused, so that no caller believes that it was kept. */
function noBodyIn(body: unknown): NoBody {
  const [field] = body === undefined || body === null ? [] : typeof body === 'object' ? Object.keys(body) : ['body'];
  if (field !== undefined) throw new RequestProblem(400, [unknownField(field)]);
  return new NoBody();
}

/** What `plainToInstance` passes over without a word, by its path. No declared field has one of these names. */
const PASSED_OVER = ['__proto__', 'constructor'];

function droppedFields(value: unknown, within = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (PASSED_OVER.includes(key)) return [unknownField(key, within)];
    return droppedFields(inner, Array.isArray(value) ? `${within.slice(0, -1)}[${key}].` : `${within}${key}.`);
  });
}

const FIELD_CHARACTERS = 100;

/** The line of a 400 for a field that no rule knows; its name is the caller's, and cut short. `within`: the path before it. */
export const unknownField = (name: string, within = ''): string =>
  `${within}${name.toWellFormed().slice(0, FIELD_CHARACTERS)}: there is no such field`;

/** `path`: of the object that the property belongs to; empty for the body itself. An element of a list is named by its index. */
function linesOf({ property, constraints = {}, children = [] }: ValidationError, path = ''): readonly string[] {
  const within = path === '' ? '' : `${path}.`;
  if ('whitelistValidation' in constraints) return [unknownField(property, within)];
  const own = [...new Set(Object.values(constraints))].flatMap((words) => words.split('\n')).map((words) => `${within}${words}`);
  const here = /^\d+$/.test(property) ? `${path}[${property}]` : `${within}${property}`;
  return [...own, ...children.flatMap((child) => linesOf(child, here))];
}
