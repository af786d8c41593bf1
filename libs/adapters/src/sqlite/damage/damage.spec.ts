import { copyFileSync, cpSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sampleEvent } from '@onedoor/testkit';
import { temporaryFolder } from '../../../test/temporary-folder.js';
import { inspectSqlite } from '../inspect.js';
import { openSqlite, type SqliteData } from '../open.js';

const EVENTS = 60;
const EARLIER = 20;
const REFERENCES = ['3D7K2F9QXM4', '3D7K2F9QXM5', '3D7K2F9QXM6'];
/** The header of a frame, and of the file before the first. */
const WAL = { header: 32, frame: 24 + 4_096 };
const PAGE_BYTES = 4_096;

/** What is done to a copy of the folder, as a disk or a person would. */
interface Damage {
  readonly what: string;
  /** `killed`: all events stand in the write-ahead log, as after a kill. `closed`: in the file. */
  readonly base: 'killed' | 'closed';
  do(folder: string): void;
}

const { folder: root, remove } = temporaryFolder();
const bases = { killed: `${root}/killed`, closed: `${root}/closed`, earlier: `${root}/earlier`, other: `${root}/other` };

const change = (path: string, alter: (bytes: Buffer) => void): void => {
  const bytes = readFileSync(path);
  alter(bytes);
  writeFileSync(path, bytes);
};
const flip = (path: string, at: (bytes: Buffer) => number): void =>
  change(path, (bytes) => {
    const index = at(bytes);
    bytes[index] = (bytes[index] ?? 0) ^ 0x04;
  });
const sql = (folder: string, statement: string): void => {
  const database = new DatabaseSync(`${folder}/log.db`);
  database.exec(statement);
  database.close();
};
/** The first byte of the page at which a table or an index begins. */
const pageOf = (folder: string, name: string): number => {
  const database = new DatabaseSync(`${folder}/log.db`, { readOnly: true });
  const found = database.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').get(name);
  database.close();
  return (Number(found?.rootpage) - 1) * PAGE_BYTES;
};
const frameAt = (share: number) => (bytes: Buffer) =>
  WAL.header + Math.floor(((bytes.length - WAL.header) / WAL.frame) * share) * WAL.frame + 100;
const killed = (what: string, act: (folder: string) => void): Damage => ({ what, base: 'killed', do: act });
const closed = (what: string, act: (folder: string) => void): Damage => ({ what, base: 'closed', do: act });
const wal = (folder: string): string => `${folder}/log.db-wal`;
const log = (folder: string): string => `${folder}/log.db`;

const DAMAGES: readonly Damage[] = [
  killed('a byte flipped in the first frame of the write-ahead log', (folder) => flip(wal(folder), frameAt(0))),
  killed('a byte flipped in the middle of it', (folder) => flip(wal(folder), frameAt(0.5))),
  killed('a byte flipped in its last frame', (folder) => flip(wal(folder), (bytes) => bytes.length - 100)),
  killed('a byte flipped in its header', (folder) => flip(wal(folder), () => 17)),
  killed('a write-ahead log that was cut to a half', (folder) => truncateSync(wal(folder), readFileSync(wal(folder)).length / 2)),
  killed('a write-ahead log that lacks its last byte', (folder) => truncateSync(wal(folder), readFileSync(wal(folder)).length - 1)),
  killed('a write-ahead log that is empty', (folder) => truncateSync(wal(folder), 0)),
  killed('a write-ahead log that is gone', (folder) => rmSync(wal(folder))),
  killed('an older write-ahead log', (folder) => copyFileSync(wal(bases.earlier), wal(folder))),
  killed('the write-ahead log of another log', (folder) => copyFileSync(wal(bases.other), wal(folder))),
  closed('an older write-ahead log beside the whole file', (folder) => copyFileSync(wal(bases.earlier), wal(folder))),
  closed('the write-ahead log of another log beside the whole file', (folder) => copyFileSync(wal(bases.other), wal(folder))),

  closed('a byte flipped in an event', (folder) => flip(log(folder), (bytes) => bytes.indexOf('"note":"event-7"') + 10)),
  closed('a byte flipped in the metadata of an event', (folder) => flip(log(folder), (bytes) => bytes.indexOf('"command-event-9"') + 3)),
  closed('a byte flipped in the index of streams', (folder) =>
    flip(log(folder), () => pageOf(folder, 'events_of_stream') + PAGE_BYTES - 3),
  ),
  closed('a byte flipped in the table of streams', (folder) => flip(log(folder), (bytes) => bytes.indexOf('note-11note') + 2)),
  closed('a byte flipped in the header', (folder) => flip(log(folder), () => 3)),
  closed('a byte flipped in the size of pages', (folder) => flip(log(folder), () => 16)),
  closed('a byte flipped in the shape', (folder) => flip(log(folder), () => 63)),
  closed('a page of zeros', (folder) =>
    change(log(folder), (bytes) => bytes.fill(0, bytes.length - 3 * PAGE_BYTES, bytes.length - 2 * PAGE_BYTES)),
  ),
  closed('a log that was cut to a half', (folder) => truncateSync(log(folder), readFileSync(log(folder)).length / 2)),
  closed('a log that lacks its last page', (folder) => truncateSync(log(folder), readFileSync(log(folder)).length - PAGE_BYTES)),
  closed('a log that is empty', (folder) => truncateSync(log(folder), 0)),
  closed('a log that is gone', (folder) => rmSync(log(folder))),
  closed('an older backup', (folder) => copyFileSync(`${bases.earlier}/backup`, log(folder))),
  closed('an older backup, where only the views know more', (folder) => {
    copyFileSync(`${bases.earlier}/backup`, log(folder));
    rmSync(`${folder}/log.head`);
  }),
  closed('an older backup, where only log.head knows more', (folder) => {
    copyFileSync(`${bases.earlier}/backup`, log(folder));
    rmSync(`${folder}/views.db`);
  }),

  closed('an event deleted', (folder) => sql(folder, 'DELETE FROM events WHERE position = 30')),
  closed('the last event deleted', (folder) => sql(folder, `DELETE FROM events WHERE position = ${EVENTS}`)),
  closed('the last event deleted together with what tells of it', (folder) =>
    sql(folder, `DELETE FROM events WHERE position = ${EVENTS}; DELETE FROM streams WHERE name = 'note-${EVENTS - 1}'`),
  ),
  closed('the data of an event changed', (folder) => sql(folder, `UPDATE events SET data = '{"note":"other"}' WHERE position = 5`)),
  closed('the time of an event changed', (folder) => sql(folder, "UPDATE events SET at = '2026-03-01T08:00:00.001Z' WHERE position = 5")),
  closed('an event without its proof', (folder) => sql(folder, `UPDATE events SET proof = NULL WHERE position = ${EVENTS}`)),
  closed('two events swapped', (folder) =>
    sql(
      folder,
      'UPDATE events SET position = -1 WHERE position = 5; UPDATE events SET position = 5 WHERE position = 6; ' +
        'UPDATE events SET position = 6 WHERE position = -1',
    ),
  ),
  closed('two events swapped, each with the proof of its place', (folder) =>
    sql(
      folder,
      `CREATE TEMP TABLE kept AS SELECT position, data, event_id FROM events WHERE position IN (5, 6);
       UPDATE events SET (data, event_id) = (SELECT data, event_id FROM kept WHERE kept.position = 11 - events.position) WHERE position IN (5, 6)`,
    ),
  ),
  closed('an event given to another stream', (folder) =>
    sql(folder, "UPDATE events SET stream = (SELECT id FROM streams WHERE name = 'note-9'), revision = 1 WHERE position = 5"),
  ),
  closed('a stream renamed', (folder) => sql(folder, "UPDATE streams SET name = 'note-x' WHERE name = 'note-5'")),
  closed('a stream put into another category', (folder) => sql(folder, "UPDATE streams SET category = 'case' WHERE name = 'note-5'")),
  closed('a stream gone', (folder) => sql(folder, "DELETE FROM streams WHERE name = 'note-5'")),
  closed('a log called otherwise', (folder) => sql(folder, "UPDATE meta SET value = 'aaaaaaaaaaaa' WHERE key = 'incarnation'")),

  closed('a key of the vault flipped', (folder) => sql(folder, "UPDATE vault SET key = zeroblob(32) WHERE reference = '3D7K2F9QXM5'")),
  closed('a contact of the vault changed', (folder) =>
    sql(folder, "UPDATE vault SET contact = zeroblob(60) WHERE reference = '3D7K2F9QXM5'"),
  ),
  closed('a row of the vault gone', (folder) => sql(folder, "DELETE FROM vault WHERE reference = '3D7K2F9QXM6'")),
  closed('a row of the vault under another reference', (folder) =>
    sql(folder, "UPDATE vault SET reference = '3D7K2F9QXM7' WHERE reference = '3D7K2F9QXM6'"),
  ),
  closed('an erasure undone', (folder) => sql(folder, "UPDATE vault SET erased = 0, key = zeroblob(32) WHERE reference = '3D7K2F9QXM4'")),

  closed('a byte flipped in the header of the views', (folder) => flip(`${folder}/views.db`, () => 3)),
  closed('views that were cut', (folder) => truncateSync(`${folder}/views.db`, readFileSync(`${folder}/views.db`).length / 2)),
];

/** What names the damage: the start, which refuses, or doctor. */
async function namedBy(folder: string): Promise<{ readonly start: string | null; readonly doctor: readonly string[] }> {
  const { damage, losses, log: inLog, views } = inspectSqlite(folder);
  const files = [inLog, views].flatMap(({ error, integrity }) => [error ?? 'ok', ...(integrity ?? [])]).filter((line) => line !== 'ok');
  const start = await openSqlite(folder).then(
    async (data) => (await data.close(), null),
    (error: Error) => `${error.name}: ${error.message}`,
  );
  return { start, doctor: [...damage, ...losses, ...files] };
}

describe('a data folder that was damaged', () => {
  const copy = (base: string, name: string): string => {
    const folder = `${root}/${name}`;
    cpSync(base, folder, { recursive: true });
    return folder;
  };
  /** The files of an open folder as a kill would leave them. */
  const asKilled = (from: string, to: string): void => {
    cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('-shm') && !path.endsWith('reserve') });
  };

  async function fill(data: SqliteData, from: number, to: number): Promise<void> {
    for (let index = from; index < to; index++) await data.store.append(`note-${index}`, 'no-stream', [sampleEvent(`event-${index}`)]);
    const before = await data.checkpoints.load('worker');
    await data.checkpoints.advance('worker', before, await data.store.head());
  }

  beforeAll(async () => {
    const data = await openSqlite(`${root}/live`);
    for (const reference of REFERENCES) await data.vault.keepContact(reference, { email: `${reference}@example.org` });
    await data.vault.destroy('3D7K2F9QXM4');
    await fill(data, 0, EARLIER);
    asKilled(`${root}/live`, bases.earlier);
    const source = new DatabaseSync(`${root}/live/log.db`);
    source.exec(`VACUUM INTO '${bases.earlier}/backup'`);
    source.close();
    await fill(data, EARLIER, EVENTS);
    asKilled(`${root}/live`, bases.killed);
    await data.close();
    cpSync(`${root}/live`, bases.closed, { recursive: true });
    const other = await openSqlite(`${root}/elsewhere`);
    await fill(other, 0, 2 * EVENTS);
    asKilled(`${root}/elsewhere`, bases.other);
    await other.close();
  });
  afterAll(() => remove());

  it.each(['killed', 'closed'] as const)('is none where nothing was done: %s', async (base) => {
    expect(existsSync(wal(bases[base]))).toBe(base === 'killed');
    const folder = copy(bases[base], `sound ${base}`);
    expect(await namedBy(folder)).toEqual({ start: null, doctor: [] });
    const { store, close } = await openSqlite(folder);
    expect(await store.read(`note-${EVENTS - 1}`, 0, 1)).toHaveLength(1);
    await close();
  });

  it.each(DAMAGES)('$what is named', async ({ what, base, do: act }) => {
    const folder = copy(bases[base], what);
    act(folder);
    const { start, doctor } = await namedBy(folder);
    expect([start, ...doctor].filter((line) => line !== null)).not.toEqual([]);
    if (start !== null) expect(start).toMatch(/^(?:DamagedLog|Unavailable): .*(?:log\.db|views\.db)/);
  });
});
