import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { EMPTY_VAULT, identityProof, writtenTotal } from './proof.js';

/** The shape of `log.db` that this code writes; a file of a later shape is not touched. Shape 1 has no proofs. */
export const SHAPE = 2;
const INCARNATION_BYTES = 6;

/**
 * Events have no index on anything random: neighbours in time are neighbours on disk, so writing stays as fast at the
 * millionth stream as at the first.
 */
const TABLES = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE streams (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, category TEXT NOT NULL, head INTEGER NOT NULL) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL, type TEXT NOT NULL, v INTEGER NOT NULL,
    at TEXT NOT NULL, recorded_at TEXT NOT NULL, event_id TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL, proof TEXT) STRICT;
  CREATE UNIQUE INDEX events_of_stream ON events (stream, revision);
  CREATE TABLE vault (
    reference TEXT PRIMARY KEY, key BLOB, contact BLOB, erased INTEGER NOT NULL DEFAULT 0, proof TEXT) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${SHAPE};`;

const FROM_SHAPE_1 = `
  ALTER TABLE events ADD COLUMN proof TEXT;
  ALTER TABLE vault ADD COLUMN proof TEXT;
  PRAGMA user_version = ${SHAPE};`;

/** Makes the tables of a new file, or those of shape 1 into the present ones. `at` is when. */
export function prepareTables(database: DatabaseSync, at: string): void {
  const found = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (found > SHAPE) throw new Error(`the file has shape ${found}, this version writes shape ${SHAPE}`);
  if (found === SHAPE) return;
  database.exec(`BEGIN IMMEDIATE; ${found === 0 ? TABLES : FROM_SHAPE_1}`);
  if (found === 0) {
    setMeta(database, 'incarnation', newIncarnation());
    setMeta(database, 'vault', writtenTotal(EMPTY_VAULT));
    setMeta(database, 'proven', JSON.stringify({ through: 0, at }));
  }
  // Names the file for its whole life, so that a write-ahead log of another file is recognized. An incarnation may be renewed.
  setMeta(database, 'origin', metaOf(database, 'incarnation') ?? '');
  nameLog(database, metaOf(database, 'incarnation') ?? '');
  database.exec('COMMIT');
  // The file itself must name it, and not the write-ahead log alone.
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

/** Identifies this log: made with the file, so that positions of an older or another log are recognized as void. */
export const newIncarnation = (): string => randomBytes(INCARNATION_BYTES).toString('hex');

/** Names the log from now on: positions of before are void. */
export function nameLog(database: DatabaseSync, incarnation: string): void {
  setMeta(database, 'incarnation', incarnation);
  setMeta(database, 'identity', identityProof(incarnation, originOf(database)));
}

/** A value of the table `meta`; null where there is none. */
export function metaOf(database: DatabaseSync, key: MetaKey): string | null {
  const value = database.prepare('SELECT value FROM meta WHERE key = ?').get(key)?.value;
  return typeof value === 'string' ? value : null;
}

/** The first name of the log; empty where it has none. */
export const originOf = (database: DatabaseSync): string => metaOf(database, 'origin') ?? '';

export function setMeta(database: DatabaseSync, key: MetaKey, value: string): void {
  database.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(key, value);
}

/**
 * `incarnation`: begins every position. `origin`: the first of them. `identity`: the proof of both. `proven`: up to which event an older
 * log was hashed after it was written, and when. `proving`: how far that has come. `vault`: how many rows the vault has, and the sum of
 * their proofs.
 */
type MetaKey = 'incarnation' | 'origin' | 'identity' | 'proven' | 'proving' | 'vault';

/** Runs `write` in one transaction. A failure ends the thread, and closing the file rolls it back. */
export function inTransaction<Result>(database: DatabaseSync, write: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  const result = write();
  database.exec('COMMIT');
  return result;
}
