import { sampleEvents } from '@onedoor/testkit';
import { closeSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { inspectSqlite } from './inspect.js';
import { openSqlite } from './open.js';
import { temporaryFolder } from '../../test/temporary-folder.js';

describe('inspecting a data folder', () => {
  let folder: string;
  let remove: () => void;
  beforeEach(() => ({ folder, remove } = temporaryFolder()));
  afterEach(() => remove());

  async function fill(): Promise<string> {
    const { store, incarnation, close } = await openSqlite(folder);
    for (let index = 0; index < 50; index++) await store.append(`note-${index}`, 'no-stream', sampleEvents(`${index}`, 20));
    await close();
    return incarnation;
  }

  it('tells what a sound folder holds', async () => {
    const incarnation = await fill();
    const found = inspectSqlite(folder);
    expect(found).toMatchObject({ folder, incarnation, events: 1_000, streams: 50, viewsBelongToLog: true });
    expect(found.log).toMatchObject({ journalMode: 'wal', synchronous: 'full', integrity: ['ok'], error: null });
    expect(found.views).toMatchObject({ journalMode: 'wal', synchronous: 'normal', integrity: ['ok'], error: null });
    expect(found.log.bytes).toBeGreaterThan(100_000);
  });

  it('tells of an empty folder that there is nothing, and leaves it so', () => {
    expect(inspectSqlite(folder)).toMatchObject({
      incarnation: null,
      events: null,
      log: { bytes: null, error: null },
      views: { bytes: null },
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells of damage instead of failing', async () => {
    await fill();
    const file = openSync(`${folder}/log.db`, 'r+');
    writeSync(file, Buffer.alloc(20_000, 0xaa), 0, 20_000, 40_960);
    closeSync(file);
    writeFileSync(`${folder}/views.db`, 'this is no database, however long one looks at it'.repeat(100));
    const { log, views } = inspectSqlite(folder);
    expect([log.integrity?.join() ?? 'ok', log.error]).not.toEqual(['ok', null]);
    expect(views.error).toMatch(/not a database/);
  });
});
