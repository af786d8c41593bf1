import { parse, type InfoRecord } from 'csv-parse/sync';
import { DEPARTMENT_CODE_CHARACTERS, identifierRule, isIdentifier, SERVICE_CODE_CHARACTERS } from '@onedoor/kernel';
import type { TargetUnit } from '@onedoor/sla';

/** One row of an agreements file: the target that a department agreed to for a type. */
export interface AgreedType {
  readonly department: string;
  readonly type: string;
  readonly amount: number;
  readonly unit: TargetUnit;
  /** The number of cases of this type: the department with the most is the type's usual owner. */
  readonly cases: number;
}

/** A row as it stands in the file, with the number of its first line as an editor counts them. */
interface Row {
  readonly line: number;
  readonly fields: readonly string[];
}

type Column = (typeof COLUMNS)[number];

const COLUMNS = ['department', 'type', 'n_cases', 'sla', 'unit'] as const;
const UNITS: readonly string[] = [
  'elapsed_minutes',
  'elapsed_hours',
  'business_minutes',
  'business_hours',
  'business_days',
  'calendar_days',
];

/** The agreed types of a CSV with a header line; `problems` is every problem of it, by line. */
export function readAgreements(csv: string): { readonly agreed: readonly AgreedType[]; readonly problems: readonly string[] } {
  const read = rowsOf(csv);
  if (typeof read === 'string') return { agreed: [], problems: [read] };
  const [header, ...rows] = read;
  const columns = header?.fields ?? [];
  const missing = COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0) return { agreed: [], problems: missing.map((column) => `the column ${column} is missing`) };
  if (rows.length === 0) return { agreed: [], problems: ['there are no rows under the header'] };
  const agreed: AgreedType[] = [];
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const { line, fields } of rows) {
    const field = (column: Column): string => fields[columns.indexOf(column)] ?? '';
    const found = fields.length === columns.length ? rowProblems(field) : [`has ${fields.length} fields instead of ${columns.length}`];
    const [department, type] = [field('department'), field('type')];
    const key = `${department}\u0000${type}`;
    if (seen.has(key)) found.push('this department and type stand in the file before');
    seen.add(key);
    problems.push(...found.map((problem) => `line ${line}: ${problem}`));
    agreed.push({ department, type, amount: Number(field('sla')), unit: field('unit') as TargetUnit, cases: Number(field('n_cases')) });
  }
  return { agreed, problems };
}

function rowProblems(field: (column: Column) => string): string[] {
  const problems: string[] = [];
  const [department, type] = [field('department'), field('type')];
  if (department === '' || type === '') problems.push('department and type must be given');
  else {
    if (!isIdentifier(department, DEPARTMENT_CODE_CHARACTERS)) problems.push(`department ${identifierRule(DEPARTMENT_CODE_CHARACTERS)}`);
    if (!isIdentifier(type, SERVICE_CODE_CHARACTERS)) problems.push(`type ${identifierRule(SERVICE_CODE_CHARACTERS)}`);
  }
  if (!/^[1-9]\d{0,5}$/.test(field('sla'))) problems.push('sla must be a whole number from 1');
  if (!UNITS.includes(field('unit'))) problems.push(`unit must be one of ${UNITS.join(', ')}`);
  if (!/^\d+$/.test(field('n_cases'))) problems.push('n_cases must be a whole number');
  return problems;
}

/** All rows, the header first; a text says why the CSV can't be parsed. */
function rowsOf(csv: string): readonly Row[] | string {
  const rows: Row[] = [];
  let lastLine = 0;
  const keep = (fields: readonly string[], { lines }: InfoRecord): null => {
    rows.push({ line: lines - fields.join('').split('\n').length + 1, fields });
    lastLine = lines;
    return null;
  };
  try {
    // Within quotes the parser counts both characters of a Windows line end.
    parse(csv.replaceAll('\r\n', '\n'), { bom: true, skip_empty_lines: true, relax_column_count: true, on_record: keep });
    return rows;
  } catch {
    // The parser reports an unclosed quote at the last line of the file; the last row that was parsed is nearer to it.
    return `after line ${lastLine}: a quote is never closed, or stands in the middle of a field`;
  }
}

/** The department with the most cases of each type. */
export function usualOwners(agreed: readonly AgreedType[]): ReadonlyMap<string, string> {
  const owners = new Map<string, AgreedType>();
  for (const row of agreed) {
    const owner = owners.get(row.type);
    if (owner === undefined || row.cases > owner.cases) owners.set(row.type, row);
  }
  return new Map([...owners].map(([type, { department }]) => [type, department]));
}
