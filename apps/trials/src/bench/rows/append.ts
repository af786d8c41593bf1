import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '@onedoor/adapters';
import { sampleEvent } from '../fixtures/sample-events.js';
import { best, measurement, type Measurement } from '../measurement.js';
import { withTemporaryFolder } from '../temporary-folder.js';

const ROUNDS = 3;
const ROUND_MS = 2_000;

/** Appends with one writer and with sixteen. Floor: raw SQLite that commits each append with `synchronous=FULL` in this thread. */
export async function append(): Promise<readonly Measurement[]> {
  const raw: number[] = [];
  const one: number[] = [];
  const sixteen: number[] = [];
  let commitsPerEvent = { one: 0, sixteen: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    raw.push(await withTemporaryFolder(rawAppends));
    const first = await withTemporaryFolder((folder) => portAppends(folder, 1));
    const second = await withTemporaryFolder((folder) => portAppends(folder, 16));
    one.push(first.perSecond);
    sixteen.push(second.perSecond);
    commitsPerEvent = { one: first.commitsPerEvent, sixteen: second.commitsPerEvent };
  }
  const floor = best(raw);
  return [
    measurement('append-1', 'appends per second', best(one), floor, { atLeast: 0.75 }),
    measurement('append-1', 'syncs per event', commitsPerEvent.one),
    measurement('append-16', 'appends per second', best(sixteen), floor, { atLeast: 4 }),
    measurement('append-16', 'syncs per event', commitsPerEvent.sixteen),
  ];
}

/** Appends to new streams from `callers` concurrent callers; an append is durable when it is counted. */
export async function portAppends(
  folder: string,
  callers: number,
): Promise<{ readonly perSecond: number; readonly commitsPerEvent: number }> {
  const data = await openSqlite(folder);
  let number = 0;
  const started = performance.now();
  const until = started + ROUND_MS;
  const caller = async (): Promise<void> => {
    while (performance.now() < until) {
      number += 1;
      await data.store.append(`sample-${folder.slice(-6)}-${number}`, 'no-stream', [sampleEvent(number)]);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const perSecond = (number / (performance.now() - started)) * 1_000;
  const commitsPerEvent = data.store.commits / number;
  await data.close();
  return { perSecond, commitsPerEvent };
}

/** The same statements on the same tables in this thread: looks the stream up, inserts it and its event, commits. */
async function rawAppends(folder: string): Promise<number> {
  await (await openSqlite(folder)).close();
  const database = new DatabaseSync(join(folder, 'log.db'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const streamOf = database.prepare('SELECT id, head FROM streams WHERE name = ?');
  const addStream = database.prepare('INSERT INTO streams (name, category, head) VALUES (?, ?, ?)');
  const addEvent = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)');
  let number = 0;
  const started = performance.now();
  while (performance.now() < started + ROUND_MS) {
    number += 1;
    const { id, type, v, at, recordedAt, data, metadata } = sampleEvent(number);
    const stream = `sample-${folder.slice(-6)}-${number}`;
    begin.run();
    if (streamOf.get(stream) !== undefined) throw new Error('The stream is there already');
    const { lastInsertRowid } = addStream.run(stream, 'sample', 0);
    addEvent.run(number, Number(lastInsertRowid), 0, type, v, at, recordedAt, id, JSON.stringify(data), JSON.stringify(metadata));
    commit.run();
  }
  const perSecond = (number / (performance.now() - started)) * 1_000;
  database.close();
  return perSecond;
}
