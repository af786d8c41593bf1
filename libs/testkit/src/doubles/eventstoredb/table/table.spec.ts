import { type Credentials, EventStoreDBClient } from '@eventstore/db-client';
import { ADMINISTRATOR, createLeastPrivilegeAccount } from '../accounts/administration.js';
import type { DoubleControls } from '../double.js';
import { startEventStoreDbCluster, startEventStoreDbDouble } from '../start.js';
import { makeCertificate } from '../tls/certificate.js';
import { serverTable } from './server-table.js';
import { IGNORED_CREDENTIALS, type ServerUnderTest } from './server-under-test.js';

const CITY: Credentials = { username: 'city', password: 'a secret' };
const certificate = makeCertificate();

serverTable('The double', async () => serverOf(await startEventStoreDbDouble()));

serverTable('The double over TLS', async () => serverOf(await startEventStoreDbDouble({ tls: { certificate } })));

serverTable('The double, to the account of least privilege,', async () => {
  const double = await startEventStoreDbDouble({ tls: { certificate }, accounts: true });
  const server = serverOf(double, CITY, ADMINISTRATOR);
  await createLeastPrivilegeAccount(server.admin, { port: double.port, authority: certificate.authority }, CITY);
  return server;
});

serverTable('A cluster of doubles', async () => serverOf(await startEventStoreDbCluster()));

function serverOf(
  double: DoubleControls,
  credentials: Credentials = IGNORED_CREDENTIALS,
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
