import { EventStoreDBClient } from '@eventstore/db-client';
import { startEventStoreDbDouble } from '../start.js';
import { serverTable } from './server-table.js';

serverTable('The double', async () => {
  const double = await startEventStoreDbDouble();
  const client = EventStoreDBClient.connectionString(double.connectionString);
  return { client, credentials: { username: 'nobody', password: 'nothing' }, close: () => client.dispose().finally(() => double.close()) };
});
