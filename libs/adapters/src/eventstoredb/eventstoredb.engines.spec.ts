import { eventStoreContract } from '@onedoor/testkit';
import { freshNamespace, type NamedServer, resuming, wireFaults } from '../../test/eventstoredb-suites.js';
import { openEventStoreDb } from './open.js';

// On the server that EVENTSTORE_URL names, by `npm run test:engines`.
const connectionString = process.env['EVENTSTORE_URL'] ?? '';
const server = (): Promise<NamedServer> => Promise.resolve({ connectionString, close: () => Promise.resolve() });

eventStoreContract('EventStoreDB (server)', () => openEventStoreDb({ connectionString, namespace: freshNamespace() }));
wireFaults('EventStoreDB (server)', server);
resuming('EventStoreDB (server)', server);
