import { EventStoreDBClient } from '@eventstore/db-client';
import { serverTable } from './server-table.js';

const url = process.env.EVENTSTORE_URL;
/** The address with an administrator's account, where that of EVENTSTORE_URL may not delete streams. */
const administratorUrl = process.env.EVENTSTORE_ADMIN_URL ?? url;

if (url === undefined || administratorUrl === undefined) {
  it.skip('needs EVENTSTORE_URL', () => undefined);
} else {
  const [username = 'admin', password = 'changeit'] = (/\/\/([^:@/]+):([^@/]+)@/.exec(url)?.slice(1) ?? []).map(decodeURIComponent);
  serverTable('The server', async () => {
    const [client, admin] = [EventStoreDBClient.connectionString(url), EventStoreDBClient.connectionString(administratorUrl)];
    return {
      client,
      admin,
      credentials: { username, password },
      close: async () => void (await Promise.all([client.dispose(), admin.dispose()])),
    };
  });
}
