import type { ImportMapping } from './mapping.js';
import type { ImportedRecord } from './record.js';

/** What no later record of an id may say otherwise. */
export type Unchangeable = Pick<ImportedRecord, 'openedAt' | 'service' | 'address' | 'lat' | 'long'>;

/** Where a request was made for. */
export type Place = Pick<Unchangeable, 'address' | 'lat' | 'long'>;

/** Why a record cannot be a later one of the same id, in the words of its file. */
export type Contradiction = (mapping: ImportMapping) => string;

/**
 * Whether a later record contradicts what is known of its id: a request was made once, at one instant, for one service and place. A place
 * that one of the two leaves out is none; null where they can follow each other.
 */
export function contradictionOf(known: Unchangeable, later: Unchangeable): Contradiction | null {
  if (later.openedAt !== known.openedAt)
    return ({ columns }) => `${columns.openedAt} is ${later.openedAt < known.openedAt ? 'earlier' : 'later'} than the one that is known`;
  if (later.service !== known.service) return ({ columns }) => `${columns.service} is another one than is known`;
  if (later.address !== null && known.address !== null && later.address !== known.address)
    return ({ columns }) => `${(columns.address ?? []).join(', ')} is another place than is known`;
  if (later.lat !== null && known.lat !== null && (later.lat !== known.lat || later.long !== known.long))
    return ({ columns }) => `${columns.latitude}, ${columns.longitude} is another place than is known`;
  return null;
}

/** What a later record says of a place that is known without it: the columns, in the words of the file; null where that is nothing. */
export function lateColumnsOf(known: Place, later: Place, { columns }: ImportMapping): string | null {
  const late = [
    ...(known.address === null && later.address !== null ? (columns.address ?? []) : []),
    ...(known.lat === null && later.lat !== null ? [columns.latitude, columns.longitude] : []),
  ];
  return late.length === 0 ? null : late.join(', ');
}
