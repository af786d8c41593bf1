import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type Position, Unavailable } from '@onedoor/engine';

/** The `witness` in the `meta` of `views.db`: the position of its furthest checkpoint, and the id of the event there. */
export const witnessOf = (position: Position, eventId: string): string => `${position} ${eventId}`;

/**
 * Whether a folder's views were built from its log, as it is now: they name its incarnation, no checkpoint lies beyond its end, and
 * the event at the furthest checkpoint is still the same. The last condition recognizes a log that was restored from an earlier copy
 * and has grown past the checkpoint since, with new events at the same positions. False where there are no views. Throws
 * `Unavailable` for files that can't be read.
 */
export function belongToLog(files: { readonly log: string; readonly views: string }): boolean {
  if (!existsSync(files.views)) return false;
  return reading(files.log, (log) => reading(files.views, (views) => areBuiltFrom(log, views)));
}

function areBuiltFrom(log: DatabaseSync, views: DatabaseSync): boolean {
  const hasMeta = valueIn(views, "SELECT 1 FROM sqlite_master WHERE name = 'meta'") !== null;
  const incarnation = valueIn(log, "SELECT value FROM meta WHERE key = 'incarnation'");
  if (!hasMeta || incarnation === null || incarnation !== valueIn(views, "SELECT value FROM meta WHERE key = 'incarnation'")) return false;
  // Views are read before the log: beside a process that writes, views that were read later could be ahead of it.
  const furthest = valueIn(views, 'SELECT max(position) FROM checkpoints WHERE position LIKE ?', `${incarnation}:%`);
  const witness = valueIn(views, "SELECT value FROM meta WHERE key = 'witness'");
  if (furthest !== null && numberOf(furthest) > Number(valueIn(log, 'SELECT max(position) FROM events') ?? 0)) return false;
  // Views of an earlier release have no witness.
  const [position = '', eventId] = witness?.split(' ') ?? [];
  return eventId === undefined || eventId === valueIn(log, 'SELECT event_id FROM events WHERE position = ?', numberOf(position));
}

const numberOf = (position: Position): number => Number(position.slice(position.indexOf(':') + 1));

function reading<Result>(path: string, read: (database: DatabaseSync) => Result): Result {
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
