import { eventStoreContract, startEventStoreDbCluster, startEventStoreDbDouble } from '@onedoor/testkit';
import { type NamedServer, resuming, wireFaults } from '../../test/eventstoredb-suites.js';
import { startPreparedDouble } from '../../test/prepared-double.js';
import { openEventStoreDb } from './open.js';

const WAYS: readonly (readonly [name: string, start: () => Promise<NamedServer>])[] = [
  ['EventStoreDB (double)', startEventStoreDbDouble],
  ['EventStoreDB (double with TLS, as the least account)', startPreparedDouble],
  ['EventStoreDB (cluster of doubles)', startEventStoreDbCluster],
];

for (const [name, start] of WAYS) {
  eventStoreContract(name, async () => {
    const server = await start();
    const { store, close } = await openEventStoreDb({ connectionString: server.connectionString });
    return { store, close: () => close().finally(() => server.close()) };
  });
  resuming(name, start);
}

// The nodes of a cluster advertise their own addresses, so a proxy cannot be put between.
for (const [name, start] of WAYS.slice(0, 2)) wireFaults(name, start);
