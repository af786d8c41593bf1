import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Handler } from '../writer/protocol.js';
import type { AppendAnswer, AppendAsk, LogJobs, LogOpened } from './log-jobs.js';

/** The shape of `log.db` that this code writes; a file of a later shape is not touched. */
const SHAPE = 1;
const INCARNATION_BYTES = 6;

/**
 * Events have no index on anything random: neighbours in time are neighbours on disk, so writing stays as fast at the
 * millionth stream as at the first.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS streams (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, category TEXT NOT NULL, head INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL, type TEXT NOT NULL, v INTEGER NOT NULL,
    at TEXT NOT NULL, recorded_at TEXT NOT NULL, event_id TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS events_of_stream ON events (stream, revision);
  CREATE TABLE IF NOT EXISTS vault (
    reference TEXT PRIMARY KEY, key BLOB, contact BLOB, erased INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${SHAPE};`;

/** Runs in the writer's thread, inside its transaction. */
export function prepare(database: DatabaseSync): Handler<LogJobs> & { readonly opened: LogOpened } {
  createTables(database);
  const incarnation = incarnationOf(database);
  let tail = Number(database.prepare('SELECT max(position) AS tail FROM events').get()?.tail ?? 0);

  const streamOf = database.prepare('SELECT id, head FROM streams WHERE name = ?');
  const addStream = database.prepare('INSERT INTO streams (name, category, head) VALUES (?, ?, ?)');
  const moveHead = database.prepare('UPDATE streams SET head = ? WHERE id = ?');
  const addEvent = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const eventAt = database.prepare('SELECT position, event_id FROM events WHERE stream = ? AND revision = ?');
  const vaultRow = database.prepare('SELECT key, erased FROM vault WHERE reference = ?');
  const addKey = database.prepare('INSERT INTO vault (reference, key) VALUES (?, ?)');
  const keepContact = database.prepare('UPDATE vault SET contact = ? WHERE reference = ? AND erased = 0');
  const erase = database.prepare(
    'INSERT INTO vault (reference, erased) VALUES (?, 1) ON CONFLICT (reference) DO UPDATE SET key = NULL, contact = NULL, erased = 1',
  );
  let hasErased = false;

  function append(ask: AppendAsk): AppendAnswer {
    const known = streamOf.get(ask.stream) as { id: number; head: number } | undefined;
    const head = known?.head ?? -1;
    if (head !== ask.expected) return retryOf(ask, known?.id ?? null) ?? { outcome: 'conflict', actual: known ? head : null };
    const revision = head + ask.events.length;
    const stream = known ? known.id : Number(addStream.run(ask.stream, ask.category, revision).lastInsertRowid);
    if (known) moveHead.run(revision, stream);
    let next = head;
    for (const [id, type, v, at, recordedAt, data, metadata] of ask.events) {
      addEvent.run(++tail, stream, ++next, type, v, at, recordedAt, id, data, metadata);
    }
    return { outcome: 'appended', revision, place: tail, isRetry: false };
  }

  /** The first answer again, when exactly these events are already at the revisions they were meant for. */
  function retryOf(ask: AppendAsk, stream: number | null): AppendAnswer | null {
    let revision = ask.expected;
    let place = 0;
    for (const [id] of ask.events) {
      const standing = eventAt.get(stream, ++revision);
      if (standing?.event_id !== id) return null;
      place = Number(standing.position);
    }
    return { outcome: 'appended', revision, place, isRetry: true };
  }

  function key({ reference, candidate }: LogJobs['key']['ask']): Uint8Array | null {
    const row = vaultRow.get(reference);
    if (row?.erased === 1) return null;
    if (row) return row.key as Uint8Array;
    addKey.run(reference, candidate);
    return candidate;
  }

  function contact({ reference, key: sealedWith, contact: sealed }: LogJobs['keepContact']['ask']): LogJobs['keepContact']['answer'] {
    const standing = key({ reference, candidate: sealedWith });
    if (standing === null) return 'erased';
    if (!sealedWith.every((byte, index) => byte === standing[index])) return { otherKey: standing };
    keepContact.run(sealed, reference);
    return 'kept';
  }

  return {
    opened: { incarnation, tail },
    jobs: {
      append,
      key,
      keepContact: contact,
      destroy: (reference) => {
        erase.run(reference);
        hasErased = true;
        return null;
      },
    },
    /** The write-ahead log holds an erased key until the next checkpoint, so an erasure makes one at once. */
    committed: () => {
      if (hasErased) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      hasErased = false;
    },
  };
}

function createTables(database: DatabaseSync): void {
  const found = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (found > SHAPE) throw new Error(`the file has shape ${found}, this version writes shape ${SHAPE}`);
  if (found < SHAPE) database.exec(`BEGIN IMMEDIATE; ${TABLES} COMMIT`);
}

/** Identifies this log: made with the file, so that positions of an older or another log are recognized as void. */
function incarnationOf(database: DatabaseSync): string {
  database.prepare("INSERT INTO meta VALUES ('incarnation', ?) ON CONFLICT DO NOTHING").run(randomBytes(INCARNATION_BYTES).toString('hex'));
  return String(database.prepare("SELECT value FROM meta WHERE key = 'incarnation'").get()?.value);
}
