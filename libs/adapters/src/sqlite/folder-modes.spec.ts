import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { inspectSqlite } from './inspect.js';
import { openSqlite } from './open.js';

describe('the modes of a data folder', () => {
  let folder: string;
  let remove: () => void;
  beforeEach(() => ({ folder, remove } = temporaryFolder()));
  afterEach(() => remove());
  const modeOf = (path: string): number => statSync(path).mode & 0o777;
  const filesOpen = (): readonly string[] => readdirSync(folder).filter((name) => modeOf(`${folder}/${name}`) !== 0o600);

  it('keep other accounts out while it is open, its write-ahead logs included', async () => {
    chmodSync(folder, 0o755);
    const { close } = await openSqlite(folder);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['log.db', 'log.db-wal', 'log.head', 'views.db', 'views.db-wal']));
    expect([modeOf(folder), filesOpen()]).toEqual([0o700, []]);
    await close();
  });

  it('are taken away from a folder that a release before left open, and from nothing else in it', async () => {
    await (await openSqlite(folder)).close();
    for (const name of readdirSync(folder)) chmodSync(`${folder}/${name}`, 0o644);
    chmodSync(folder, 0o755);
    writeFileSync(`${folder}/of-others.txt`, '', { mode: 0o644 });
    expect(inspectSqlite(folder).openToOthers).toEqual(
      expect.arrayContaining([folder, ...['log.db', 'log.head', 'reserve', 'views.db'].map((name) => `${folder}/${name}`)]),
    );
    await (await openSqlite(folder)).close();
    expect([modeOf(folder), filesOpen(), inspectSqlite(folder).openToOthers]).toEqual([0o700, ['of-others.txt'], []]);
  });
});
