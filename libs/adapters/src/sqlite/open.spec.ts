import type { BusMessage, RecordedEvent } from '@onedoor/engine';
import { AlarmLog, sampleEvent } from '@onedoor/testkit';
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { inspectSqlite } from './inspect.js';
import { openSqlite, type SqliteData } from './open.js';
import { openForRenewal } from './renew.js';
import { temporaryFolder } from '../../test/temporary-folder.js';

const NOTES = { name: 'notes', version: 1, indexes: [['rank']] };

describe('a data folder', () => {
  let folder: string;
  let remove: () => void;
  beforeEach(() => ({ folder, remove } = temporaryFolder()));
  afterEach(() => remove());
  const removeFile = (name: string) => {
    for (const file of readdirSync(folder)) if (file.startsWith(name)) rmSync(`${folder}/${file}`);
  };

  async function fill(data: SqliteData): Promise<void> {
    await data.store.append('note-1', 'no-stream', [sampleEvent('a'), sampleEvent('b')]);
    const position = String(await data.store.head());
    await data.checkpoints.advance('worker', null, position);
    await data.readModels.apply(NOTES, [{ id: 'n', position, body: { rank: 1 } }]);
    await data.bus.publish([{ topic: 'city', event: { id: 'm' } as BusMessage['event'] }]);
  }

  async function viewsOf(data: SqliteData): Promise<object> {
    const messages: string[] = [];
    const handler = async (page: readonly BusMessage[]) => void messages.push(...page.map(({ event }) => event.id));
    await data.bus.consume({ topics: ['city'], group: 'g', signal: new AbortController().signal, untilCaughtUp: true, handler });
    return {
      worker: await data.checkpoints.load('worker'),
      notes: (await data.readModels.get(NOTES, ['n'])).length,
      served: await data.readModels.servedVersion('notes'),
      messages,
    };
  }
  const EMPTY = { worker: null, notes: 0, served: null, messages: [] };

  it('holds what was written after it was closed and opened again', async () => {
    const first = await openSqlite(folder);
    await fill(first);
    const position = await first.store.head();
    expect(position).toBe(`${first.incarnation}:0000000000000002`);
    await first.close();
    expect(readdirSync(folder).sort()).toEqual(['log.db', 'log.head', 'reserve', 'views.db']);

    const second = await openSqlite(folder);
    expect(second.incarnation).toBe(first.incarnation);
    expect((await second.store.read('note-1', 0, 10)).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await viewsOf(second)).toEqual({ worker: position, notes: 1, served: 1, messages: ['m'] });
    expect(await second.store.append('note-1', 1, [sampleEvent('c')])).toMatchObject({
      revision: 2,
      position: `${first.incarnation}:0000000000000003`,
    });
    await second.close();
  });

  it('is written ahead in both files while it is open', async () => {
    const data = await openSqlite(folder);
    await fill(data);
    const { log, views } = inspectSqlite(folder);
    expect([log.journalMode, views.journalMode]).toEqual(['wal', 'wal']);
    await data.close();
  });

  it('may lose its views while stopped: they come back empty', async () => {
    const first = await openSqlite(folder);
    await fill(first);
    await first.close();
    removeFile('views.db');
    const second = await openSqlite(folder);
    expect(await viewsOf(second)).toEqual(EMPTY);
    expect(await second.store.read('note-1', 0, 10)).toHaveLength(2);
    await second.close();
  });

  it('voids views that belong to another log', async () => {
    const first = await openSqlite(folder);
    await fill(first);
    const position = await first.store.head();
    await first.close();
    await copyOfAnotherLog(`${folder}/log.db`);
    const second = await openSqlite(folder);
    expect(second.incarnation).not.toBe(first.incarnation);
    expect(await viewsOf(second)).toEqual(EMPTY);
    await expect(followFrom(second, position)).rejects.toMatchObject({ name: 'VoidPosition' });
    await second.close();
  });

  /** Replaces a file by the log of another folder, with one event. */
  async function copyOfAnotherLog(path: string): Promise<void> {
    const other = temporaryFolder();
    const { store, close } = await openSqlite(other.folder);
    await store.append('note-9', 'no-stream', [sampleEvent('elsewhere')]);
    await close();
    copyFileSync(`${other.folder}/log.db`, path);
    other.remove();
  }

  const followFrom = (data: SqliteData, after: string | null) =>
    data.store.subscribe({ after, signal: new AbortController().signal })[Symbol.asyncIterator]().next();

  it('refuses a log that was put back to an earlier copy, until it was renewed', async () => {
    const first = await openSqlite(folder);
    await first.store.append('note-0', 'no-stream', [sampleEvent('earlier')]);
    await first.close();
    copyFileSync(`${folder}/log.db`, `${folder}/copy`);
    const second = await openSqlite(folder);
    await fill(second);
    const position = await second.store.head();
    await second.close();
    copyFileSync(`${folder}/copy`, `${folder}/log.db`);
    expect(inspectSqlite(folder)).toMatchObject({
      viewsBelongToLog: false,
      damage: [],
      losses: [expect.stringContaining('lacks 2 events')],
    });
    const beside = await openSqlite(folder, { readOnly: true });
    expect([await beside.checkpoints.load('worker'), await beside.readModels.get(NOTES, ['n'])]).toEqual([null, []]);
    await beside.close();
    await expect(openSqlite(folder)).rejects.toMatchObject({
      name: 'DamagedLog',
      message: expect.stringMatching(/log\.db lacks 2 events that were acknowledged.*onedoor renew-incarnation --data/),
    });
    const renewal = await openForRenewal(folder);
    expect(renewal).toMatchObject({ former: first.incarnation, lost: 2 });
    await renewal.store.append('log-city', 'no-stream', [sampleEvent('renewed')]);
    await renewal.close();
    const third = await openSqlite(folder);
    expect(third.incarnation).toBe(renewal.renewed);
    expect(await viewsOf(third)).toEqual(EMPTY);
    await expect(followFrom(third, position)).rejects.toMatchObject({ name: 'VoidPosition' });
    await third.close();
  });

  it('renews the incarnation of a log that was put into another folder, and says so', async () => {
    const first = await openSqlite(folder);
    await fill(first);
    await first.close();
    const elsewhere = temporaryFolder();
    copyFileSync(`${folder}/log.db`, `${elsewhere.folder}/log.db`);
    const alarms = new AlarmLog();
    const second = await openSqlite(elsewhere.folder, { alarm: alarms.alarm });
    expect(second.incarnation).not.toBe(first.incarnation);
    expect(alarms.messages).toEqual(['log was put there from elsewhere']);
    await second.close();
    const third = await openSqlite(elsewhere.folder);
    expect(third.incarnation).toBe(second.incarnation);
    await third.close();
    elsewhere.remove();
  });

  it('voids views whose events the log has lost, although it has grown past them since', async () => {
    const first = await openSqlite(folder);
    await first.store.append('note-0', 'no-stream', [sampleEvent('earlier')]);
    await first.close();
    cpSync(folder, `${folder}-copy`, { recursive: true });
    const second = await openSqlite(folder);
    await fill(second);
    await second.close();
    const elsewhere = await openSqlite(`${folder}-copy`);
    await elsewhere.store.append('note-2', 'no-stream', [sampleEvent('x'), sampleEvent('y'), sampleEvent('z')]);
    await elsewhere.close();
    for (const name of ['log.db', 'log.head']) copyFileSync(`${folder}-copy/${name}`, `${folder}/${name}`);
    rmSync(`${folder}-copy`, { recursive: true });
    expect(inspectSqlite(folder).viewsBelongToLog).toBe(false);
    const last = await openSqlite(folder);
    expect(await viewsOf(last)).toEqual(EMPTY);
    await last.close();
  });

  it('keeps views of the release before, which remember no event of the log and have no checksums', async () => {
    const first = await openSqlite(folder);
    await fill(first);
    const position = await first.store.head();
    await first.close();
    const views = new DatabaseSync(`${folder}/views.db`);
    views.exec("DELETE FROM meta WHERE key = 'witness'");
    for (const table of ['checkpoints', 'messages', 'offsets', 'docs_notes']) views.exec(`ALTER TABLE ${table} DROP COLUMN crc`);
    views.exec('PRAGMA user_version = 1');
    views.close();
    const beside = await openSqlite(folder, { readOnly: true });
    expect(await beside.checkpoints.load('worker')).toBe(position);
    await beside.close();
    const second = await openSqlite(folder);
    expect(await viewsOf(second)).toEqual({ worker: position, notes: 1, served: 1, messages: ['m'] });
    await second.close();
  });

  it('leaves nothing of a destroyed key in any file', async () => {
    const data = await openSqlite(folder);
    await data.vault.seal('3D7K2F9QXM4', 'text');
    const reader = new DatabaseSync(`${folder}/log.db`, { readOnly: true });
    const key = Buffer.from(reader.prepare('SELECT key FROM vault').get()?.key as Uint8Array);
    reader.close();
    const holders = () => readdirSync(folder).filter((file) => readFileSync(`${folder}/${file}`).includes(key));
    expect(holders()).not.toEqual([]);
    await data.vault.destroy('3D7K2F9QXM4');
    expect(holders()).toEqual([]);
    await data.close();
  });

  it('can be read beside the process that writes it', async () => {
    await expect(openSqlite(folder, { readOnly: true })).rejects.toMatchObject({ name: 'Unavailable' });
    const writing = await openSqlite(folder);
    await fill(writing);
    const reading = await openSqlite(folder, { readOnly: true });
    const stop = new AbortController();
    const seen: RecordedEvent[] = [];
    for await (const next of reading.store.subscribe({ after: null, signal: stop.signal })) {
      if (next.kind === 'page') seen.push(...next.events);
      else await writing.store.append('note-1', 1, [sampleEvent('c')]);
      if (seen.length === 3) stop.abort();
    }
    expect(seen.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(await reading.store.head()).toBe(await writing.store.head());
    expect(await reading.readModels.get(NOTES, ['n'])).toHaveLength(1);
    expect(await reading.checkpoints.load('worker')).not.toBeNull();
    await expect(reading.store.append('note-2', 'no-stream', [sampleEvent('x')])).rejects.toMatchObject({ name: 'Unavailable' });
    await expect(reading.readModels.apply(NOTES, [])).rejects.toMatchObject({ name: 'Unavailable' });
    await writing.close();
    await reading.close();
    removeFile('views.db');
    const alone = await openSqlite(folder, { readOnly: true });
    expect(await alone.store.read('note-1', 0, 10)).toHaveLength(3);
    expect(await alone.readModels.get(NOTES, ['n'])).toEqual([]);
    expect(await alone.checkpoints.load('worker')).toBeNull();
    await alone.close();
    expect(readdirSync(folder)).not.toContain('views.db');
  });
});
