import { DatabaseSync } from 'node:sqlite';
import { DamagedKey, DamagedStream } from '@onedoor/engine';
import { readLog } from '@onedoor/testkit';
import { temporaryFolder } from '../../../test/temporary-folder.js';
import { inspectSqlite } from '../inspect.js';
import { openSqlite } from '../open.js';

/** As the release before wrote it. */
const SHAPE_1 = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE streams (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, category TEXT NOT NULL, head INTEGER NOT NULL) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL, type TEXT NOT NULL, v INTEGER NOT NULL,
    at TEXT NOT NULL, recorded_at TEXT NOT NULL, event_id TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL) STRICT;
  CREATE UNIQUE INDEX events_of_stream ON events (stream, revision);
  CREATE TABLE vault (
    reference TEXT PRIMARY KEY, key BLOB, contact BLOB, erased INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
  INSERT INTO meta VALUES ('incarnation', 'a1b2c3d4e5f6');
  INSERT INTO vault VALUES ('3D7K2F9QXM4', randomblob(32), randomblob(60), 0), ('3D7K2F9QXM5', NULL, NULL, 1);
  PRAGMA user_version = 1;`;

/** More than one batch of hashing. */
const EVENTS = 10_050;

describe('a log of the release before, without proofs', () => {
  let folder: string;
  let remove: () => void;
  const change = (act: (database: DatabaseSync) => void): void => {
    const database = new DatabaseSync(`${folder}/log.db`);
    act(database);
    database.close();
  };
  beforeEach(() => {
    ({ folder, remove } = temporaryFolder());
    change((database) => {
      database.exec(`PRAGMA journal_mode = WAL; BEGIN; ${SHAPE_1}`);
      const addStream = database.prepare('INSERT INTO streams VALUES (?, ?, ?, 0)');
      const addEvent = database.prepare(
        "INSERT INTO events VALUES (?1, ?1, 0, 'Noted', 1, 'a', 'b', 'id-' || ?1, '{\"n\":' || ?1 || '}', '{}')",
      );
      for (let place = 1; place <= EVENTS; place++) {
        addStream.run(place, `note-${place}`, 'note');
        addEvent.run(place);
      }
      database.exec('COMMIT');
    });
  });
  afterEach(() => remove());

  const openAndClose = async (): Promise<void> => (await openSqlite(folder)).close();

  it('is read as it is, beside nothing that writes', async () => {
    expect(inspectSqlite(folder)).toMatchObject({ events: EVENTS, proven: null, damage: [], losses: [] });
    const { store, close } = await openSqlite(folder, { readOnly: true });
    expect((await readLog(store)).events).toHaveLength(EVENTS);
    await close();
  });

  it('is hashed once, and the instant is recorded', async () => {
    const before = Date.now();
    await openAndClose();
    const { proven, incarnation, damage } = inspectSqlite(folder);
    expect([proven?.through, incarnation, damage]).toEqual([EVENTS, 'a1b2c3d4e5f6', []]);
    expect(Date.parse(proven?.at ?? '')).toBeGreaterThanOrEqual(before);
    const again = await openSqlite(folder);
    expect(await again.store.read(`note-${EVENTS}`, 0, 10)).toHaveLength(1);
    await again.close();
    expect(inspectSqlite(folder).proven).toEqual(proven);
  });

  it('is hashed on from where a process was killed', async () => {
    await openAndClose();
    const whole = proofs();
    change((database) =>
      database.exec(`
        DELETE FROM meta WHERE key = 'proven'; INSERT INTO meta VALUES ('proving', '10000');
        UPDATE events SET proof = NULL WHERE position > 10000; UPDATE events SET proof = 'kept' WHERE position = 5;`),
    );
    await openAndClose();
    expect(proofs()).toEqual(whole.map((proof, index) => (index === 4 ? 'kept' : proof)));
    expect(inspectSqlite(folder)).toMatchObject({ proven: { through: EVENTS }, damage: [expect.stringContaining('at position 5, 6')] });
  });

  it('serves no event that was changed since, and no row of the vault', async () => {
    await openAndClose();
    change((database) =>
      database.exec(`UPDATE events SET data = '{"n":0}' WHERE position = 7; UPDATE vault SET key = zeroblob(32) WHERE erased = 0`),
    );
    const { store, vault, close } = await openSqlite(folder, { readOnly: true });
    expect(await store.read('note-6', 0, 10)).toHaveLength(1);
    await expect(store.read('note-7', 0, 10)).rejects.toThrow(DamagedStream);
    await expect(readLog(store)).rejects.toThrow('The stream note-7 lacks revision 0: it is in log.db, and not as it was written');
    await expect(vault.contact('3D7K2F9QXM4', 'notify')).rejects.toThrow(/row of 3D7K2F9QXM4 is not as it was written/);
    expect(await vault.unsealAll([{ reference: '3D7K2F9QXM4', sealed: { sealed: '' } }], 'present')).toMatchObject([
      { outcome: 'damaged' },
    ]);
    expect(await vault.unseal('3D7K2F9QXM5', { sealed: '' }, 'present')).toBeNull();
    await close();
  });

  it('seals nothing under a row of the vault that was changed since, and makes it no other key', async () => {
    await openAndClose();
    change((database) => database.exec('UPDATE vault SET key = zeroblob(32) WHERE erased = 0'));
    const { vault, close } = await openSqlite(folder);
    await expect(vault.seal('3D7K2F9QXM4', 'text')).rejects.toThrow(DamagedKey);
    await expect(vault.mac('3D7K2F9QXM4', 'text')).rejects.toThrow(DamagedKey);
    await expect(vault.keepContact('3D7K2F9QXM4', {})).rejects.toThrow(DamagedKey);
    await close();
  });

  const proofs = (): readonly unknown[] => {
    const database = new DatabaseSync(`${folder}/log.db`, { readOnly: true });
    const rows = database.prepare('SELECT proof FROM events ORDER BY position').all();
    database.close();
    return rows.map(({ proof }) => proof);
  };
});
