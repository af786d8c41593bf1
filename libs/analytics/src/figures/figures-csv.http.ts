import { stringify } from 'csv-stringify/sync';
import type { FiguresQuery, FiguresRow } from './figures.js';

const COLUMNS: readonly (keyof FiguresRow)[] = [
  'opened',
  'closed',
  'backlog',
  'due',
  'met',
  'missed',
  'excused',
  'void',
  'onTime',
  'withoutAgreement',
  'medianDays',
  'p90Days',
  'milestonesMet',
  'milestonesMissed',
  'closedVoid',
  'fixedFirstTime',
  'invalidShare',
  'noAccessShare',
  'declinedShare',
  'revised',
  'newDateKept',
  'returned',
  'returnsCharged',
];

/**
 * The table as RFC 4180 CSV, a header first; what is null is an empty cell. Services and departments are named by people, so a
 * cell that a spreadsheet would run as a formula begins with an apostrophe.
 */
export const figuresCsv = ({ by }: Pick<FiguresQuery, 'by'>, rows: readonly FiguresRow[]): string =>
  stringify([...rows], { header: true, columns: [...by, ...COLUMNS], escape_formulas: true, record_delimiter: 'windows' });
