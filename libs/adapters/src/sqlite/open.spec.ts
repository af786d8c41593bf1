import type { BusMessage, RecordedEvent } from '@onedoor/engine';
import { sampleEvent } from '@onedoor/testkit';
import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { inspectSqlite } from './inspect.js';
import { openSqlite, type SqliteData } from './open.js';
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
    expect(readdirSync(folder).sort()).toEqual(['log.db', 'views.db']);

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
    removeFile('log.db');
    const second = await openSqlite(folder);
    expect(second.incarnation).not.toBe(first.incarnation);
    expect(await viewsOf(second)).toEqual(EMPTY);
    await expect(
      second.store.subscribe({ after: position, signal: new AbortController().signal })[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({
      name: 'VoidPosition',
    });
    await second.close();
  });

  it('voids views that know more than the log, which was put back to an earlier copy', async () => {
    const first = await openSqlite(folder);
    await first.store.append('note-0', 'no-stream', [sampleEvent('earlier')]);
    await first.close();
    copyFileSync(`${folder}/log.db`, `${folder}/copy`);
    const second = await openSqlite(folder);
    await fill(second);
    await second.close();
    copyFileSync(`${folder}/copy`, `${folder}/log.db`);
    expect(inspectSqlite(folder).viewsBelongToLog).toBe(false);
    const beside = await openSqlite(folder, { readOnly: true });
    expect([await beside.checkpoints.load('worker'), await beside.readModels.get(NOTES, ['n'])]).toEqual([null, []]);
    await beside.close();
    const third = await openSqlite(folder);
    expect(await viewsOf(third)).toEqual(EMPTY);
    await third.close();
  });

  it('voids views whose events the log has lost, although it has grown past them since', async () => {
    const first = await openSqlite(folder);
    await first.store.append('note-0', 'no-stream', [sampleEvent('earlier')]);
    await first.close();
    copyFileSync(`${folder}/log.db`, `${folder}/copy`);
    const second = await openSqlite(folder);
    await fill(second);
    await second.close();
    copyFileSync(`${folder}/views.db`, `${folder}/views of before`);
    copyFileSync(`${folder}/copy`, `${folder}/log.db`);
    const elsewhere = await openSqlite(folder);
    await elsewhere.store.append('note-2', 'no-stream', [sampleEvent('x'), sampleEvent('y'), sampleEvent('z')]);
    await elsewhere.close();
    copyFileSync(`${folder}/views of before`, `${folder}/views.db`);
    expect(inspectSqlite(folder).viewsBelongToLog).toBe(false);
    const last = await openSqlite(folder);
    expect(await viewsOf(last)).toEqual(EMPTY);
    await last.close();
  });

  it('keeps views of the release before, which remember no event of the log', async () => {
    const first = await openSqlite(folder);
    await fill(first);
    const position = await first.store.head();
    await first.close();
    const views = new DatabaseSync(`${folder}/views.db`);
    views.exec("DELETE FROM meta WHERE key = 'witness'");
    views.close();
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
