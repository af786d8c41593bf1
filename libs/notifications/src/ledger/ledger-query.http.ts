import type { Query } from '@onedoor/engine';
import { isInstant, parseReference } from '@onedoor/kernel';
import { RequestProblem, writeCursor } from '@onedoor/platform';
import type { LedgerEntry } from './notification-ledger.js';

/** The parameters of a query as they arrive: given twice, one is a list. */
export type LedgerParameters = Readonly<Record<string, unknown>>;

const DEFAULT_ROWS = 50;
const MOST_ROWS = 200;

/** One page of the ledger, newest first. Throws a 400 that names each parameter that is wrong. */
export function ledgerQuery(parameters: LedgerParameters): Query {
  const problems: string[] = [];
  const text = (name: string): string | null => {
    const value = parameters[name];
    if (value === undefined || value === '') return null;
    if (typeof value === 'string') return value;
    problems.push(`${name}: must be given once`);
    return null;
  };
  const [wantedReference, wantedCursor, wantedLimit] = [text('reference'), text('cursor'), text('limit')];
  const reference = wantedReference === null ? null : parseReference(wantedReference);
  if (wantedReference !== null && reference === null) problems.push('reference: must be a reference such as 3D7-K2F9-QXM4');
  const after = wantedCursor === null ? null : placeOf(wantedCursor);
  if (wantedCursor !== null && after === null) problems.push('cursor: must be one that an earlier page gave');
  const limit = Number(wantedLimit ?? DEFAULT_ROWS);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ROWS) problems.push(`limit: must be a whole number from 1 to ${MOST_ROWS}`);
  if (problems.length > 0) throw new RequestProblem(400, problems);
  return {
    ...(reference !== null && { where: { reference } }),
    sort: { field: 'requestedAt', descending: true },
    ...(after !== null && { after }),
    limit,
  };
}

/** Where the next page goes on. Opaque to its reader. */
export const cursorOf = ({ requestedAt, reference, n }: LedgerEntry): string => writeCursor({ at: requestedAt, id: `${reference}.${n}` });

function placeOf(cursor: string): { readonly value: string; readonly id: string } | null {
  if (!/^[\w-]{1,100}$/.test(cursor)) return null;
  const [value = '', id = ''] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  return isInstant(value) && /^[0-9A-Z]{11}\.\d{1,5}$/.test(id) && writeCursor({ at: value, id }) === cursor ? { value, id } : null;
}
