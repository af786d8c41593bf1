import type { DatabaseSync } from 'node:sqlite';
import { proofOf } from '../../shared/digest.js';
import type { Handler } from '../writer/protocol.js';
import { LogHeadFile } from './log-head.js';
import type { AppendAnswer, AppendAsk, LogJobs, LogOpened, LogOptions } from './log-jobs.js';
import { eventDigest } from './proof.js';
import { proveOlder } from './prove-older.js';
import { inTransaction, metaOf, nameLog, newIncarnation, originOf, prepareTables } from './tables.js';
import { VaultRows } from './vault-rows.js';

/** Runs in the writer's thread, inside its transaction. */
export function prepare(database: DatabaseSync, options: LogOptions): Handler<LogJobs> & { readonly opened: LogOpened } {
  prepareTables(database, options.at);
  proveOlder(database, options.at);
  if (options.isPutBack) inTransaction(database, () => nameLog(database, newIncarnation()));
  let incarnation = incarnationOf(database);
  const origin = originOf(database);
  let tail = tailOf(database);
  const head = new LogHeadFile(options.headPath);
  let told = -1;
  tellHead();
  head.sync();

  const streamOf = database.prepare('SELECT id, head FROM streams WHERE name = ?');
  const addStream = database.prepare('INSERT INTO streams (name, category, head) VALUES (?, ?, ?)');
  const moveHead = database.prepare('UPDATE streams SET head = ? WHERE id = ?');
  const addEvent = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const eventAt = database.prepare('SELECT position, event_id FROM events WHERE stream = ? AND revision = ?');
  const probe = database.prepare("UPDATE meta SET value = value WHERE key = 'incarnation'");
  const vault = new VaultRows(database);
  let hasErased = false;

  function append(ask: AppendAsk): AppendAnswer {
    const known = streamOf.get(ask.stream) as { id: number; head: number } | undefined;
    const last = known?.head ?? -1;
    if (last !== ask.expected) return retryOf(ask, known?.id ?? null) ?? { outcome: 'conflict', actual: known ? last : null };
    const revision = last + ask.events.length;
    const stream = known ? known.id : Number(addStream.run(ask.stream, ask.category, revision).lastInsertRowid);
    if (known) moveHead.run(revision, stream);
    let next = last;
    for (const row of ask.events) {
      const [id, type, v, at, recordedAt, data, metadata] = row;
      const place = tail.place + 1;
      const proof = proofOf(tail.proof, eventDigest(origin, place, ask.stream, ++next, row));
      addEvent.run(place, stream, next, type, v, at, recordedAt, id, data, metadata, proof);
      tail = { place, proof, eventId: id };
    }
    return { outcome: 'appended', revision, place: tail.place, isRetry: false };
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

  function key({ reference, candidate }: LogJobs['key']['ask']): LogJobs['key']['answer'] {
    const row = vault.find(reference);
    if (row && !row.isWhole) return 'damaged';
    if (row?.isErased) return null;
    if (row) return row.key ?? 'damaged';
    vault.put({ reference, key: candidate, contact: null, isErased: false }, null);
    return candidate;
  }

  function contact({ reference, key: sealedWith, contact: sealed }: LogJobs['keepContact']['ask']): LogJobs['keepContact']['answer'] {
    const row = vault.find(reference);
    if (row && !row.isWhole) return 'damaged';
    if (row?.isErased) return 'erased';
    const standing = row === null ? sealedWith : row.key;
    if (standing === null) return 'damaged';
    if (!sealedWith.every((byte, index) => byte === standing[index])) return { otherKey: standing };
    vault.put({ reference, key: standing, contact: sealed, isErased: false }, row);
    return 'kept';
  }

  function destroy(reference: string): null {
    vault.put({ reference, key: null, contact: null, isErased: true }, vault.find(reference));
    hasErased = true;
    return null;
  }

  /** An incarnation begins with the event that says so, or not at all. */
  function renew({ incarnation: renewed, append: asked }: LogJobs['renew']['ask']): AppendAnswer {
    const answer = append(asked);
    if (answer.outcome !== 'appended' || answer.isRetry) return answer;
    nameLog(database, renewed);
    incarnation = renewed;
    return answer;
  }

  function tellHead(): void {
    if (told === tail.place) return;
    head.write({ incarnation, place: tail.place, eventId: tail.eventId });
    told = tail.place;
  }

  return {
    opened: { incarnation, tail: tail.place, tailId: tail.eventId },
    jobs: { append, renew, key, keepContact: contact, destroy, probe: () => probe.run() },
    committing: () => vault.keepTotal(),
    committed: () => {
      tellHead();
      if (hasErased && truncateWriteAheadLog(database)) hasErased = false;
    },
    rolledBack: () => {
      tail = tailOf(database);
      incarnation = incarnationOf(database);
      vault.reload();
    },
    close: () => head.close(),
  };
}

/**
 * The write-ahead log holds an erased key until the next checkpoint, so an erasure makes one at once; where the disk does not take it, the
 * next commit makes it.
 */
function truncateWriteAheadLog(database: DatabaseSync): boolean {
  try {
    return database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
  } catch {
    return false;
  }
}

interface Tail {
  readonly place: number;
  readonly proof: string;
  readonly eventId: string;
}

/** The log's last event. */
function tailOf(database: DatabaseSync): Tail {
  const row = database.prepare('SELECT position, proof, event_id FROM events ORDER BY position DESC LIMIT 1').get();
  if (row === undefined) return { place: 0, proof: '', eventId: '' };
  return { place: Number(row.position), proof: String(row.proof), eventId: String(row.event_id) };
}

function incarnationOf(database: DatabaseSync): string {
  const found = metaOf(database, 'incarnation');
  if (found === null) throw new Error('the file does not name its incarnation');
  return found;
}
