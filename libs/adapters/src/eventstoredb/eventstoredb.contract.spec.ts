import { randomUUID } from 'node:crypto';
import { eventStoreContract, startEventStoreDbDouble } from '@onedoor/testkit';
import { openEventStoreDb } from './open.js';

// Against a real server where there is one: it cannot be emptied, so each test has a namespace of its own.
const url = process.env.EVENTSTORE_URL;

if (url === undefined) {
  eventStoreContract('EventStoreDB (double)', async () => {
    const double = await startEventStoreDbDouble();
    const { store, close } = await openEventStoreDb({ connectionString: double.connectionString });
    return { store, close: () => close().finally(() => double.close()) };
  });
} else {
  eventStoreContract('EventStoreDB (server)', () => openEventStoreDb({ connectionString: url, namespace: `contract_${randomUUID().replaceAll('-', '')}` }));
}
