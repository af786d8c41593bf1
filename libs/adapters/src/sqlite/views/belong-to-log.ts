import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type Position, Unavailable } from '@onedoor/engine';
import { checkpointCrc, isWhole } from './view-rows.js';

/** The `witness` in the `meta` of `views.db`: the last position that was acknowledged, and the id of the event there. */
export const witnessOf = (position: Position, eventId: string): string => `${position} ${eventId}`;

/**
 * How a folder's views stand to its log. `of-log`: they were built from it, as it is now. `of-another`: they were not, or there are none.
 * `ahead`: they were built from it when it held so many events more. Throws `Unavailable` for files that can't be read.
 */
export type ViewsRelation = { readonly kind: 'of-log' | 'of-another' } | { readonly kind: 'ahead'; readonly events: number };

/**
 * Views are of a log whose incarnation they name, and whose event at the witness is still the same. The last condition recognizes a log
 * that was restored from an earlier copy and has grown past the witness since, with new events at the same positions.
 */
export function relationOf(files: { readonly log: string; readonly views: string }): ViewsRelation {
  if ((statSync(files.views, { throwIfNoEntry: false })?.size ?? 0) === 0) return { kind: 'of-another' };
  return reading(files.log, (log) => reading(files.views, (views) => relation(log, views)));
}

/** Whether the views were built from the log, as it is now. */
export const belongToLog = (files: { readonly log: string; readonly views: string }): boolean =>
  existsSync(files.views) && relationOf(files).kind === 'of-log';

function relation(log: DatabaseSync, views: DatabaseSync): ViewsRelation {
  const known = knownTo(views);
  const incarnation = valueIn(log, "SELECT value FROM meta WHERE key = 'incarnation'");
  if (known === null || incarnation === null || incarnation !== known.incarnation) return { kind: 'of-another' };
  const last = Number(valueIn(log, 'SELECT max(position) FROM events') ?? 0);
  if (known.place > last) return { kind: 'ahead', events: known.place - last };
  // Views of an earlier release have no witness.
  const isSame =
    known.witness === null || known.witness.eventId === valueIn(log, 'SELECT event_id FROM events WHERE position = ?', known.witness.place);
  return { kind: isSame ? 'of-log' : 'of-another' };
}

/** How far a log had come when these views were last written; null where they name none. */
export interface KnownLog {
  readonly incarnation: string;
  readonly place: number;
  readonly witness: { readonly place: number; readonly eventId: string } | null;
}

export function knownTo(views: DatabaseSync): KnownLog | null {
  if (valueIn(views, "SELECT 1 FROM sqlite_master WHERE name = 'meta'") === null) return null;
  const incarnation = valueIn(views, "SELECT value FROM meta WHERE key = 'incarnation'");
  if (incarnation === null) return null;
  // Views are read before the log: beside a process that writes, views that were read later could be ahead of it.
  const places = views
    .prepare('SELECT * FROM checkpoints')
    .all()
    .filter(({ name, position, crc = null }) => isWhole(crc, checkpointCrc(String(name), String(position))))
    .flatMap(({ position }) => (String(position).startsWith(`${incarnation}:`) ? [numberOf(String(position))] : []));
  const [position, eventId] = valueIn(views, "SELECT value FROM meta WHERE key = 'witness'")?.split(' ') ?? [];
  const witness = position === undefined || eventId === undefined ? null : { place: numberOf(position), eventId };
  return { incarnation, place: Math.max(0, ...places, witness?.place ?? 0), witness };
}

const numberOf = (position: Position): number => Number(position.slice(position.indexOf(':') + 1));

/** Calls `read` with the file open for reading. Throws `Unavailable` for one that can't be read. */
export function reading<Result>(path: string, read: (database: DatabaseSync) => Result): Result {
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    try {
      return read(database);
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    throw new Unavailable(`Cannot open ${path}: ${(error as Error).message}`, { cause: error });
  }
}

/** The first column of the first row as text; null where there is none. */
export function valueIn(database: DatabaseSync, sql: string, ...parameters: readonly (string | number)[]): string | null {
  const value = Object.values(database.prepare(sql).get(...parameters) ?? {})[0];
  return value === undefined || value === null ? null : String(value);
}
