import { eventStoreContract, startEventStoreDbDouble } from '@onedoor/testkit';
import { resuming, wireFaults } from '../../test/eventstoredb-suites.js';
import { openEventStoreDb } from './open.js';

eventStoreContract('EventStoreDB (double)', async () => {
  const double = await startEventStoreDbDouble();
  const { store, close } = await openEventStoreDb({ connectionString: double.connectionString });
  return { store, close: () => close().finally(() => double.close()) };
});

wireFaults('EventStoreDB (double)', startEventStoreDbDouble);
resuming('EventStoreDB (double)', startEventStoreDbDouble);
