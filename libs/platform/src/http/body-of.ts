import type { PipeTransform } from '@nestjs/common';
import { NoBody } from '@onedoor/engine';
import { fieldsOf } from '@onedoor/kernel';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { shapeProblem } from '../edge/body-shape.js';
import { schemaOfDto } from '../openapi/schema-of-dto.js';
import { beyondSchema } from './beyond-schema.js';
import { RequestProblem } from './problem.js';
import { unknownField } from './unknown-field.js';

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
      // The validator looks for each unknown field among all errors so far, and reads each value many times over.
      const { unknown, values, first } = beyondSchema(body, schema);
      if (unknown.length > UNKNOWN_MOST) throw new RequestProblem(400, unknown);
      if (values > BEYOND_MOST) throw new RequestProblem(400, [`${first}: holds more values than it may`]);
      const dropped = droppedFields(body);
      if (dropped.length > 0) throw new RequestProblem(400, dropped);
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

/** With so few unknown fields, and so few values where none is described, each is told of beside the rules that the rest breaks. */
const UNKNOWN_MOST = 20;
const BEYOND_MOST = 500;

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

/** `path`: of the object that the property belongs to; empty for the body itself. An element of a list is named by its index. */
function linesOf({ property, constraints = {}, children = [] }: ValidationError, path = ''): readonly string[] {
  const within = path === '' ? '' : `${path}.`;
  if ('whitelistValidation' in constraints) return [unknownField(property, within)];
  const own = [...new Set(Object.values(constraints))].flatMap((words) => words.split('\n')).map((words) => `${within}${words}`);
  const here = /^\d+$/.test(property) ? `${path}[${property}]` : `${within}${property}`;
  return [...own, ...children.flatMap((child) => linesOf(child, here))];
}
