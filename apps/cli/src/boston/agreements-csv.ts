import { parse } from 'csv-parse/sync';
import type { TargetUnit } from '@onedoor/sla';

/** One row of an agreements file: what a department agreed to for a type. */
export interface AgreedType {
  readonly department: string;
  readonly type: string;
  readonly amount: number;
  readonly unit: TargetUnit;
  /** How many cases it stood under: whoever had most is the type's usual owner. */
  readonly cases: number;
}

const COLUMNS = ['department', 'type', 'n_cases', 'sla', 'unit'] as const;
const UNITS: readonly string[] = ['elapsed_minutes', 'elapsed_hours', 'business_minutes', 'business_hours', 'business_days', 'calendar_days'];

/** The agreed types of a CSV with a header line, or everything that is wrong with it, by line. */
export function readAgreements(csv: string): { readonly agreed: readonly AgreedType[]; readonly problems: readonly string[] } {
  const records: readonly Record<string, string>[] = parse(csv, { columns: true, bom: true, skip_empty_lines: true, relax_column_count: true });
  const missing = COLUMNS.filter((column) => records.length === 0 || !(column in (records[0] ?? {})));
  if (missing.length > 0) return { agreed: [], problems: missing.map((column) => `the column ${column} is missing, or there are no rows`) };
  const problems: string[] = [];
  const agreed = records.map((record, index): AgreedType => {
    const { department = '', type = '', n_cases: cases = '', sla = '', unit = '' } = record;
    const line = index + 2;
    if (department === '' || type === '') problems.push(`line ${line}: department and type must be given`);
    if (!/^[1-9]\d{0,5}$/.test(sla)) problems.push(`line ${line}: sla must be a whole number from 1`);
    if (!UNITS.includes(unit)) problems.push(`line ${line}: unit must be one of ${UNITS.join(', ')}`);
    if (!/^\d+$/.test(cases)) problems.push(`line ${line}: n_cases must be a whole number`);
    return { department, type, amount: Number(sla), unit: unit as TargetUnit, cases: Number(cases) };
  });
  const keys = agreed.map(({ department, type }) => `${department}\u0000${type}`);
  keys.forEach((key, index) => {
    if (keys.indexOf(key) < index) problems.push(`line ${index + 2}: this department and type stand in the file before`);
  });
  return { agreed, problems };
}

/** The department that most cases of each type stood under. */
export function usualOwners(agreed: readonly AgreedType[]): ReadonlyMap<string, string> {
  const owners = new Map<string, AgreedType>();
  for (const row of agreed) {
    const owner = owners.get(row.type);
    if (owner === undefined || row.cases > owner.cases) owners.set(row.type, row);
  }
  return new Map([...owners].map(([type, { department }]) => [type, department]));
}
