import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '@onedoor/adapters';
import { sampleEvent } from '../fixtures/sample-events.js';
import { measurement, type Measurement } from '../measurement.js';
import { withScratch } from '../scratch.js';

const ROUNDS = 3;
const ROUND_MS = 2_000;

/** Appends with one writer and with sixteen, against raw sqlite that commits each append with `synchronous=FULL` in this thread. */
export async function append(): Promise<readonly Measurement[]> {
  const raw: number[] = [];
  const one: number[] = [];
  const sixteen: number[] = [];
  let commitsPerEvent = { one: 0, sixteen: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    raw.push(await withScratch(rawAppends));
    const first = await withScratch((folder) => portAppends(folder, 1));
    const second = await withScratch((folder) => portAppends(folder, 16));
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

/** Appends to new streams from so many callers, each waiting for its answer; each append is durable when it is counted. */
export async function portAppends(folder: string, callers: number): Promise<{ readonly perSecond: number; readonly commitsPerEvent: number }> {
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

async function rawAppends(folder: string): Promise<number> {
  const database = new DatabaseSync(join(folder, 'raw.db'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT UNIQUE, body TEXT)');
  const add = database.prepare('INSERT INTO events (stream, body) VALUES (?, ?)');
  let number = 0;
  const started = performance.now();
  while (performance.now() < started + ROUND_MS) {
    number += 1;
    // Outside a transaction each statement is a commit of its own.
    add.run(`sample-${number}`, JSON.stringify(sampleEvent(number)));
  }
  const perSecond = (number / (performance.now() - started)) * 1_000;
  database.close();
  return perSecond;
}

/** Of several rounds the one that was disturbed least. */
const best = (figures: readonly number[]): number => Math.max(...figures);
