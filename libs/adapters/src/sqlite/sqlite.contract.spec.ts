import { checkpointsContract, eventBusContract, eventStoreContract, readModelsContract, vaultContract } from '@onedoor/testkit';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite, type SqliteData } from './open.js';
import { temporaryFolder } from '../../test/temporary-folder.js';

async function open(): Promise<SqliteData & { readonly folder: string }> {
  const { folder, remove } = temporaryFolder();
  const data = await openSqlite(folder);
  return { ...data, folder, close: () => data.close().then(remove) };
}

eventStoreContract('sqlite', open);
readModelsContract('sqlite', open);
checkpointsContract('sqlite', open);

eventBusContract('sqlite', async () => {
  const { folder, remove } = temporaryFolder();
  let data = await openSqlite(folder);
  return {
    bus: data.bus,
    reopen: async () => {
      await data.close();
      data = await openSqlite(folder);
      return data.bus;
    },
    close: () => data.close().then(remove),
  };
});

vaultContract('sqlite', async () => {
  const { folder, remove } = temporaryFolder();
  let data = await openSqlite(folder);
  return {
    vault: data.vault,
    loseKey: async (reference) => {
      await data.close();
      const database = new DatabaseSync(`${folder}/log.db`);
      database.prepare('UPDATE vault SET key = NULL WHERE reference = ?').run(reference);
      database.close();
      data = await openSqlite(folder);
      return data.vault;
    },
    close: () => data.close().then(remove),
  };
});
