import { type Credentials, EventStoreDBClient } from '@eventstore/db-client';
import { ADMINISTRATOR } from '../accounts/call-http.js';
import { makeLeastAccount } from '../accounts/least-rights.js';
import type { DoubleControls } from '../double.js';
import { startEventStoreDbCluster, startEventStoreDbDouble } from '../start.js';
import { makeCertificate } from '../tls/certificate.js';
import { serverTable } from './server-table.js';
import type { ServerUnderTest } from './server-under-test.js';

const CITY: Credentials = { username: 'city', password: 'a secret' };
const certificate = makeCertificate();

serverTable('The double', async () => by(await startEventStoreDbDouble()));

serverTable('The double over TLS', async () => by(await startEventStoreDbDouble({ tls: { certificate } })));

serverTable('The double, to the least account,', async () => {
  const double = await startEventStoreDbDouble({ tls: { certificate }, accounts: true });
  const server = by(double, CITY, ADMINISTRATOR);
  await makeLeastAccount(server.admin, { port: double.port, authority: certificate.authority }, CITY);
  return server;
});

serverTable('A cluster of doubles', async () => by(await startEventStoreDbCluster()));

function by(
  double: DoubleControls,
  credentials: Credentials = { username: 'nobody', password: 'nothing' },
  administrator: Credentials = credentials,
): ServerUnderTest {
  const open = ({ username, password }: Credentials) =>
    EventStoreDBClient.connectionString(double.connectionString.replace('//', `//${username}:${encodeURIComponent(password)}@`));
  const [client, admin] = [open(credentials), open(administrator)];
  const close = async (): Promise<void> => {
    await Promise.all([client.dispose(), admin.dispose()]);
    await double.close();
  };
  return { client, admin, credentials, close };
}
