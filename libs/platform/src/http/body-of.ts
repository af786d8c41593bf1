import type { PipeTransform } from '@nestjs/common';
import { NoBody } from '@onedoor/engine';
import { fieldsOf } from '@onedoor/kernel';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { RequestProblem } from './problem.js';

/**
 * Reads a JSON body as `Dto`, by the rules that its fields carry: `@Body(bodyOf(CreateAccountDto)) draft: CreateAccountDto`. Throws a
 * 400 with one line for each field that is wrong, or that is none of the DTO's; each rule's message begins with its field.
 */
export function bodyOf<Dto extends object>(type: new () => Dto): PipeTransform<unknown, Dto> {
  return {
    transform(body) {
      if ((type as unknown) === NoBody) return noBodyIn(body) as Dto;
      if (fieldsOf(body) === null) throw new RequestProblem(400, ['The body must be a JSON object']);
      if (nestsBeyond(LEVELS, body)) throw new RequestProblem(400, [`The body must not nest deeper than ${LEVELS} levels`]);
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

/** The body of a command that takes none: any field is refused, so that no caller believes that it was kept. */
function noBodyIn(body: unknown): NoBody {
  const [field] = body === undefined || body === null ? [] : typeof body === 'object' ? Object.keys(body) : ['body'];
  if (field !== undefined) throw new RequestProblem(400, [unknownField(field)]);
  return new NoBody();
}

/** Deeper than any declared body; the recursive readers would exhaust the stack at some depth. */
const LEVELS = 16;

const nestsBeyond = (levels: number, value: unknown): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((inner) => nestsBeyond(levels - 1, inner)));

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
export const unknownField = (name: string, within = ''): string => `${within}${name.slice(0, FIELD_CHARACTERS)}: there is no such field`;

/** `path`: of the object that the property belongs to; empty for the body itself. An element of a list is named by its index. */
function linesOf({ property, constraints = {}, children = [] }: ValidationError, path = ''): readonly string[] {
  const within = path === '' ? '' : `${path}.`;
  if ('whitelistValidation' in constraints) return [unknownField(property, within)];
  const own = [...new Set(Object.values(constraints))].flatMap((words) => words.split('\n')).map((words) => `${within}${words}`);
  const here = /^\d+$/.test(property) ? `${path}[${property}]` : `${within}${property}`;
  return [...own, ...children.flatMap((child) => linesOf(child, here))];
}
