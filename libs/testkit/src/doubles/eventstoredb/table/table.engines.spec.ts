import { EventStoreDBClient } from '@eventstore/db-client';
import { serverTable } from './server-table.js';

const url = process.env.EVENTSTORE_URL;

if (url === undefined) {
  it.skip('needs EVENTSTORE_URL', () => undefined);
} else {
  const [, username = 'admin', password = 'changeit'] = (/\/\/([^:@/]+):([^@/]+)@/.exec(url) ?? []).map(decodeURIComponent);
  serverTable('The server', async () => {
    const client = EventStoreDBClient.connectionString(url);
    return { client, credentials: { username, password }, close: () => client.dispose() };
  });
}
