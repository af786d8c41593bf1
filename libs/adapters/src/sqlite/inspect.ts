import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { examine, type Examination } from './damage/examine.js';
import { viewsDamage } from './damage/views-damage.js';
import { filesOf } from './files.js';
import { openToOthers } from './folder-modes.js';
import { belongToLog, valueIn } from './views/belong-to-log.js';

/** What a data folder looks like from outside, for `onedoor doctor`. */
export interface SqliteInspection extends Examination {
  readonly folder: string;
  readonly incarnation: string | null;
  readonly events: number | null;
  readonly streams: number | null;
  /** False when the views were made from another log, or from a state of this one that was lost: the next start makes them anew. */
  readonly viewsBelongToLog: boolean;
  readonly log: FileInspection;
  readonly views: FileInspection;
  /** Rows of the views that are not as they were written, by table. */
  readonly viewsDamage: readonly string[];
  /** An older log was hashed after it was written: up to which event, and when. Null where that has not been done. */
  readonly proven: { readonly through: number; readonly at: string } | null;
  /** The folder and those of its files that other accounts of the machine may use. */
  readonly openToOthers: readonly string[];
}

export interface FileInspection {
  readonly path: string;
  /** Null when there is no such file. */
  readonly bytes: number | null;
  readonly journalMode: string | null;
  /** As it is while the file is written: it is a setting of the connection, so this is what our writer asks for. */
  readonly synchronous: 'full' | 'normal';
  /** `ok`, or what sqlite found wrong; null when the file could not be looked into. */
  readonly integrity: readonly string[] | null;
  /** Why the file could not be looked into. */
  readonly error: string | null;
}

interface InspectOptions {
  /** Another process has the folder open: what it has not written to its files yet is no damage. */
  readonly inUse?: boolean;
}

/** Looks into both files, all through the log, without changing them. Never throws: damage is part of the report. */
export function inspectSqlite(folder: string, { inUse = false }: InspectOptions = {}): SqliteInspection {
  const files = filesOf(folder);
  const log = look(files.log, (database) => ({
    incarnation: valueIn(database, "SELECT value FROM meta WHERE key = 'incarnation'"),
    events: Number(valueIn(database, 'SELECT count(*) FROM events')),
    streams: Number(valueIn(database, 'SELECT count(*) FROM streams')),
    proven: valueIn(database, "SELECT value FROM meta WHERE key = 'proven'"),
  }));
  const views = look(files.views, (database) => ({
    belong: log.found !== null && belongToLog(files),
    damage: viewsDamage(database),
  }));
  const { damage, losses } = examine(files, inUse);
  return {
    folder,
    incarnation: log.found?.incarnation ?? null,
    events: log.found?.events ?? null,
    streams: log.found?.streams ?? null,
    viewsBelongToLog: views.found?.belong ?? false,
    log: { ...log.file, synchronous: 'full' },
    views: { ...views.file, synchronous: 'normal' },
    damage,
    losses,
    viewsDamage: views.found?.damage ?? [],
    proven: provenOf(log.found?.proven ?? null),
    openToOthers: existsSync(folder) ? openToOthers(folder) : [],
  };
}

function provenOf(written: string | null): SqliteInspection['proven'] {
  return written === null ? null : (JSON.parse(written) as SqliteInspection['proven']);
}

interface Look<Found> {
  readonly file: Omit<FileInspection, 'synchronous'>;
  readonly found: Found | null;
}

function look<Found>(path: string, find: (database: DatabaseSync) => Found): Look<Found> {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? null;
  const blank = { path, bytes, journalMode: null, integrity: null, error: null };
  if (bytes === null) return { file: blank, found: null };
  let file: Look<Found>['file'] = blank;
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    try {
      file = { ...file, journalMode: valueIn(database, 'PRAGMA journal_mode') };
      file = {
        ...file,
        integrity: database
          .prepare('PRAGMA integrity_check')
          .all()
          .map((row) => String(Object.values(row)[0])),
      };
      return { file, found: find(database) };
    } finally {
      database.close();
    }
  } catch (error) {
    return { file: { ...file, error: (error as Error).message }, found: null };
  }
}
