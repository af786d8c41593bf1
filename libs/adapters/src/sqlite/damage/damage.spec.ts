import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { BusMessage } from '@onedoor/engine';
import { DAMAGES, FolderCopy, sampleEvent } from '@onedoor/testkit';
import { temporaryFolder } from '../../../test/temporary-folder.js';
import { inspectSqlite } from '../inspect.js';
import { openSqlite, type SqliteData } from '../open.js';

const EVENTS = 60;
const EARLIER = 20;
const NOTES = { name: 'notes', version: 1, indexes: [] };
const REFERENCES = ['3D7K2F9QXM4', '3D7K2F9QXM5', '3D7K2F9QXM6'];

const { folder: root, remove } = temporaryFolder();
const bases = { killed: `${root}/killed`, closed: `${root}/closed`, earlier: `${root}/earlier`, other: `${root}/other` };

/** What names the damage: the start, which refuses, or doctor. */
async function namedBy(folder: string): Promise<{ readonly start: string | null; readonly doctor: readonly string[] }> {
  const { damage, losses, viewsDamage, log: inLog, views } = inspectSqlite(folder);
  const files = [inLog, views].flatMap(({ error, integrity }) => [error ?? 'ok', ...(integrity ?? [])]).filter((line) => line !== 'ok');
  const start = await openSqlite(folder).then(
    async (data) => (await data.close(), null),
    (error: Error) => `${error.name}: ${error.message}`,
  );
  return { start, doctor: [...damage, ...losses, ...viewsDamage, ...files] };
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
    const position = String(await data.store.head());
    await data.checkpoints.advance('worker', before, position);
    await data.readModels.apply(NOTES, [{ id: 'note', position, body: { text: 'as it was written' } }]);
    await data.bus.publish([{ topic: 'city', event: { id: `message-${to}` } as BusMessage['event'] }]);
    const handler = () => Promise.resolve();
    await data.bus.consume({ topics: ['city'], group: 'readers', signal: new AbortController().signal, untilCaughtUp: true, handler });
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
    expect(existsSync(new FolderCopy(bases[base]).writeAheadLog)).toBe(base === 'killed');
    const folder = copy(bases[base], `sound ${base}`);
    expect(await namedBy(folder)).toEqual({ start: null, doctor: [] });
    const { store, close } = await openSqlite(folder);
    expect(await store.read(`note-${EVENTS - 1}`, 0, 1)).toHaveLength(1);
    await close();
  });

  /** The file as a kill leaves it that came before its tables were made. */
  const begun = (folder: string): void => {
    const log = new DatabaseSync(new FolderCopy(folder).log);
    log.exec('PRAGMA journal_mode = wal');
    log.close();
  };

  it('is none where the first start was killed before it had made the tables', async () => {
    const folder = `${root}/begun`;
    mkdirSync(folder, { mode: 0o700 });
    begun(folder);
    const { store, close } = await openSqlite(folder);
    await store.append('note-1', 'no-stream', [sampleEvent('event-1')]);
    await close();
    expect(await namedBy(folder)).toEqual({ start: null, doctor: [] });
  });

  it('is named where what was acknowledged stood in such a file', async () => {
    const folder = copy(bases.closed, 'without tables');
    rmSync(new FolderCopy(folder).log);
    begun(folder);
    expect((await namedBy(folder)).start).toMatch(/^DamagedLog: .*log\.db is empty, and lacks 60 events that were acknowledged/);
  });

  it.each(DAMAGES)('$what is named', async ({ what, base, do: act }) => {
    const folder = copy(bases[base], what);
    act(new FolderCopy(folder), bases);
    const { start, doctor } = await namedBy(folder);
    expect([start, ...doctor].filter((line) => line !== null)).not.toEqual([]);
    if (start !== null) expect(start).toMatch(/^(?:DamagedLog|Unavailable): .*(?:log\.db|views\.db)/);
  });
});
