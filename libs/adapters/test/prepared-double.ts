import { type EventStoreDbDouble, startEventStoreDbDouble } from '@onedoor/testkit';
import { prepareEventStoreDb } from '../src/eventstoredb/prepare.js';

export interface PreparedDouble {
  readonly double: EventStoreDbDouble;
  /** As the city's account, which may append, read and follow only. */
  readonly connectionString: string;
  /** As any other account. */
  as(name: string, password: string): string;
  close(): Promise<void>;
}

export const ADMINISTRATOR = { name: 'admin', password: 'changeit' };
export const AUDITOR = { name: 'city-auditor', password: 'reads-only' };

/** A double with TLS and accounts, after `onedoor log prepare`. */
export async function startPreparedDouble(options: { readonly liveBuffer?: number } = {}): Promise<PreparedDouble> {
  const double = await startEventStoreDbDouble({
    ...options,
    tls: { certificate: { names: ['localhost'], addresses: ['127.0.0.1'] } },
    accounts: true,
  });
  const as = (name: string, password: string) =>
    double.connectionString.replace(/^esdb:\/\/([^@]+@)?/, `esdb://${name}:${encodeURIComponent(password)}@`);
  const connectionString = as('city', 'p@ss:word');
  await prepareEventStoreDb({ log: { connectionString }, administrator: ADMINISTRATOR, auditor: AUDITOR });
  return { double, connectionString, as, close: () => double.close() };
}
