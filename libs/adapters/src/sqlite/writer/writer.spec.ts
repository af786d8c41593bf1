import { Unavailable } from '@onedoor/engine';
import { sampleEvent } from '@onedoor/testkit';
import { DatabaseSync } from 'node:sqlite';
import { LOG_PRAGMAS } from '../files.js';
import { openSqlite, type SqliteData } from '../open.js';
import { temporaryFolder } from '../../../test/temporary-folder.js';
import { Writer } from './writer.js';

const WAITING_JOBS_MAX = 10_000;
const UNOBSERVED = { refused: () => undefined, written: () => true };
const handlerUrl = new URL('../log/log-transaction.ts', import.meta.url).href;

/** An event of type `Orphan` violates a constraint that sqlite checks at COMMIT only; one of type `Poison` fails at once. */
const TRAPS = `
  CREATE TABLE parents (id INTEGER PRIMARY KEY);
  CREATE TABLE orphans (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED);
  CREATE TRIGGER orphan AFTER INSERT ON events WHEN NEW.type = 'Orphan' BEGIN INSERT INTO orphans VALUES (1); END;
  CREATE TRIGGER poison AFTER INSERT ON events WHEN NEW.type = 'Poison' BEGIN SELECT RAISE(ABORT, 'poisoned'); END;`;

describe('the writer of a data file', () => {
  let folder: string;
  let remove: () => void;
  beforeEach(() => ({ folder, remove } = temporaryFolder()));
  afterEach(() => remove());

  async function openWithTraps(): Promise<SqliteData> {
    await (await openSqlite(folder)).close();
    const database = new DatabaseSync(`${folder}/log.db`);
    database.exec(TRAPS);
    database.close();
    return openSqlite(folder);
  }

  it('opens no file that does not keep its pragmas', async () => {
    // A database in memory has no write-ahead log, even when it is asked for one.
    const start = { path: ':memory:', pragmas: LOG_PRAGMAS, handlerUrl, options: null };
    await expect(Writer.open(start, UNOBSERVED)).rejects.toThrow(/journal_mode is memory where it must be wal/);
  });

  it('says which file it cannot open', async () => {
    const start = { path: folder, pragmas: LOG_PRAGMAS, handlerUrl, options: null };
    await expect(Writer.open(start, UNOBSERVED)).rejects.toThrow(`Cannot open ${folder}`);
  });

  it.each(['Orphan', 'Poison'])('ends when a transaction fails (%s), and fails all jobs in it', async (type) => {
    const data = await openWithTraps();
    const failures: Error[] = [];
    data.onFailure((failure) => failures.push(failure));
    await data.store.append('note-1', 'no-stream', [sampleEvent('before')]);
    const together = await Promise.allSettled([
      data.store.append('note-2', 'no-stream', [sampleEvent('beside')]),
      data.store.append('note-3', 'no-stream', [{ ...sampleEvent('wrong'), type }]),
    ]);
    for (const outcome of together) expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(Unavailable) });
    await expect(data.store.append('note-4', 'no-stream', [sampleEvent('after')])).rejects.toThrow(Unavailable);
    expect(failures).toHaveLength(1);
    expect(failures[0]?.message).toMatch(/The writer of .*log\.db ended: /);
    // What was answered can still be read, and the views can still be written.
    expect(await data.store.read('note-1', 0, 10)).toHaveLength(1);
    expect(await data.checkpoints.advance('worker', null, 'p')).toBe(true);
    await data.close();

    const again = await openSqlite(folder);
    expect((await again.store.head())?.endsWith(':0000000000000001')).toBe(true);
    await again.close();
  });

  it('refuses more than it can hold, and answers what it took', async () => {
    const data = await openSqlite(folder);
    const asked = Array.from({ length: WAITING_JOBS_MAX + 1 }, (_, index) =>
      data.checkpoints.advance(`worker-${index}`, null, 'p').catch((error: unknown) => error),
    );
    const answers = await Promise.all(asked);
    expect(answers.slice(0, -1).every((answer) => answer === true)).toBe(true);
    expect(answers.at(-1)).toBeInstanceOf(Unavailable);
    await data.close();
  });

  it('finishes what waits before it closes, and takes nothing more', async () => {
    const data = await openSqlite(folder);
    const appends = Array.from({ length: 100 }, (_, index) => data.store.append(`note-${index}`, 'no-stream', [sampleEvent(`${index}`)]));
    const closed = data.close();
    await expect(data.store.append('note-late', 'no-stream', [sampleEvent('late')])).rejects.toThrow(Unavailable);
    expect((await Promise.all(appends)).every(({ outcome }) => outcome === 'appended')).toBe(true);
    await closed;
    await data.close();
  });
});
