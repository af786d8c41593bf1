import type { PipeTransform } from '@nestjs/common';
import { NoBody, type Alarm } from '@onedoor/engine';
import { fieldsOf, hasCharacters } from '@onedoor/kernel';
import { bodyOf } from '../http/body-of.js';
import { problemOf, RequestProblem } from '../http/problem.js';
import { unknownField } from '../http/unknown-field.js';
import { json, type Answer } from '../openapi/description.js';
import { schemaOfDto } from '../openapi/schema-of-dto.js';
import { list, record, text, type Schema } from '../openapi/schema.js';

/** One command for many aggregates: the same body for all, and for each the edition that the caller has seen. */
export interface BulkBody {
  readonly body: object;
  readonly items: readonly BulkItem[];
}

export interface BulkItem {
  readonly id: string;
  readonly edition: number;
}

/** The same bound as for a page of a list. */
const MOST_ITEMS = 200;
const ID_CHARACTERS = 200;

/**
 * Reads the body of a bulk form; `commandBody` by the same rules as for the single command. Throws a 400 with a line for each field that is
 * wrong.
 */
export function bulkBodyOf<Body extends object>(
  commandBody: new () => Body,
  idOf: (text: string) => string | null,
): PipeTransform<unknown, BulkBody> {
  const pipe = bodyOf(commandBody);
  return {
    transform(sent, metadata) {
      const fields = fieldsOf(sent);
      if (fields === null) throw new RequestProblem(400, ['body: must be a JSON object']);
      const { body, items, ...others } = fields;
      const problems = [...Object.keys(others).map((name) => unknownField(name)), ...itemProblems(items, idOf)];
      if (problems.length > 0) throw new RequestProblem(400, problems);
      return { body: pipe.transform(body, metadata) as object, items: items as readonly BulkItem[] };
    },
  };
}

/** An id that is spelled in two ways is named twice. */
function itemProblems(items: unknown, idOf: (text: string) => string | null): readonly string[] {
  if (!Array.isArray(items) || items.length === 0 || items.length > MOST_ITEMS) return [`items: must be a list of 1 to ${MOST_ITEMS}`];
  const ids = items.map((item: unknown) => {
    const { id } = (item ?? {}) as Partial<Readonly<Record<'id', unknown>>>;
    return typeof id === 'string' ? (idOf(id) ?? id) : id;
  });
  return items.flatMap((item: unknown, index) => {
    if (typeof item !== 'object' || item === null) return [`items[${index}]: must be an object with id and edition`];
    const { id, edition, ...others } = item as Readonly<Record<string, unknown>>;
    return [
      ...Object.keys(others).map((name) => unknownField(name, `items[${index}].`)),
      ...(typeof id === 'string' && hasCharacters(id, 1, ID_CHARACTERS) ? [] : [`items[${index}].id: must be an id`]),
      ...(Number.isInteger(edition) && Number(edition) >= 1 ? [] : [`items[${index}].edition: must be a whole number from 1`]),
      ...(ids.indexOf(ids[index]) < index ? [`items[${index}].id: is named twice`] : []),
    ];
  });
}

/** Runs a command for each item. The results are in the order of the items, and one item's refusal does not affect the others. */
export function runBulk(items: readonly BulkItem[], alarm: Alarm, run: (item: BulkItem) => Promise<object>): Promise<readonly object[]> {
  return Promise.all(
    items.map(async (item) => {
      try {
        return { id: item.id, status: 200, ...(await run(item)) };
      } catch (error) {
        const { status, details, code } = problemOf(error, alarm);
        return { id: item.id, status, ...(code !== undefined && { code }), detail: details.join('; ') };
      }
    }),
  );
}

/** The schema of a bulk form's body. */
export const bulkBodySchema = (commandBody: new () => object): Schema => ({
  type: 'object',
  required: (commandBody as unknown) === NoBody ? ['items'] : ['body', 'items'],
  additionalProperties: false,
  properties: {
    ...((commandBody as unknown) !== NoBody && { body: schemaOfDto(commandBody) }),
    items: { ...list(ITEM, 'Each at most once.'), minItems: 1, maxItems: MOST_ITEMS },
  },
});

const ITEM = record<BulkItem>('BulkItem', {
  id: { type: 'string', minLength: 1, maxLength: ID_CHARACTERS, description: 'As in the path of the command alone.' },
  edition: { type: 'integer', minimum: 1, description: 'The edition that was seen: the number in its ETag.' },
});

interface BulkResult {
  readonly id: string;
  readonly status: number;
  readonly code?: string;
  readonly detail?: string;
  readonly etag?: string;
  readonly answer?: object;
}

const RESULT = {
  id: text('As it was sent.'),
  status: {
    type: 'integer',
    minimum: 200,
    maximum: 599,
    description: 'The HTTP status that the command alone would have been answered by.',
  },
  code: text('Why it is refused, where it is.'),
  detail: text('The same for people.'),
} as const satisfies Readonly<Record<string, Schema>>;

export const BULK_ANSWER: Answer = json(
  'What became of each item, in their order.',
  list(
    record<BulkResult>(
      'BulkResult',
      {
        ...RESULT,
        etag: text('The edition that it now has.'),
        answer: { type: 'object', additionalProperties: true, description: 'What the command alone answers.' },
      },
      ['code', 'detail', 'etag', 'answer'],
    ),
  ),
);

export const BULK_PREVIEW: Answer = json(
  'What would happen to each item, in their order.',
  list(
    record<Omit<BulkResult, 'etag' | 'answer'> & { readonly events?: readonly string[] }>(
      'BulkPreview',
      { ...RESULT, events: list(text('What would be kept, in one sentence.'), 'Empty where it is already so.') },
      ['code', 'detail', 'events'],
    ),
  ),
);
