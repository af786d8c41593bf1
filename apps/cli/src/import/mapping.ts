import { fieldsOf } from '@onedoor/kernel';
import { bodyOf, RequestProblem, schemaOfDto, type Schema } from '@onedoor/platform';
import type { CsvForm, Encoding } from './csv-records.js';
import { ImportMapping } from './mapping-body.js';

export type { ImportMapping } from './mapping-body.js';

/** The JSON schema of a mapping, from the rules that check it. */
export const mappingSchema = (): Schema & { readonly $schema: string } => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  ...schemaOfDto(ImportMapping),
});

/** A mapping from the content of its file, or every reason why it is none, each with the name of its field. */
export function readMapping(content: unknown): ImportMapping | { readonly problems: readonly string[] } {
  if (fieldsOf(content) === null) return { problems: ['the file must hold one JSON object'] };
  try {
    const mapping = bodyOf(ImportMapping).transform(content, { type: 'custom' });
    const problems = [...calendarsProblems(mapping), ...columnsProblems(mapping)];
    return problems.length === 0 ? mapping : { problems };
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    return { problems: error.details };
  }
}

/** How the files of a mapping are written; `encoding` is that of the command line, which goes first. */
export const csvFormOf = ({ records, encoding, delimiter }: ImportMapping, asked: Encoding | null = null): CsvForm => ({
  records: records ?? 'rfc4180',
  encoding: asked ?? encoding ?? 'utf-8',
  delimiter: delimiter ?? ',',
});

/** Each column that a mapping names, once. */
export function namedColumns({ columns, outcomes }: Pick<ImportMapping, 'columns' | 'outcomes'>): readonly string[] {
  const named = [...Object.values(columns).flat(), ...outcomes.map(({ column }) => column)] as readonly (string | null | undefined)[];
  return [...new Set(named.filter((column) => column !== null && column !== undefined))];
}

const calendarsProblems = ({ calendars }: ImportMapping): readonly string[] =>
  calendars.length === 1 ? [] : ['calendars: must be a list of exactly one'];

function columnsProblems({ columns, outcomes }: ImportMapping): readonly string[] {
  const problems: string[] = [];
  if ((columns.latitude ?? null) === null || (columns.longitude ?? null) === null) {
    if (columns.latitude || columns.longitude) problems.push('columns: latitude and longitude must be named both, or neither');
  }
  outcomes.forEach(({ column }, index) => {
    if (!column && !columns.closure) problems.push(`outcomes[${index}].column: must be given where columns.closure is not`);
  });
  return problems;
}
