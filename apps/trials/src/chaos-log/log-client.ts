import { openEventStoreDb } from '@onedoor/adapters';
import type { EventStore } from '@onedoor/engine';

export interface RaisedAlarm {
  readonly message: string;
  readonly atMs: number;
}

/** The log as one process of the product opens it: with its own connection and alarms. */
export interface LogClient {
  readonly name: string;
  readonly store: EventStore;
  readonly alarms: readonly RaisedAlarm[];
  close(): Promise<void>;
}

/** Opens the log at this address; the namespace separates the streams of a trial. */
export async function openLogClient(name: string, connectionString: string, namespace: string): Promise<LogClient> {
  const alarms: RaisedAlarm[] = [];
  const { store, close } = await openEventStoreDb({
    connectionString,
    namespace,
    alarm: (message) => void alarms.push({ message, atMs: performance.now() }),
  });
  return { name, store, alarms, close };
}
