import type { EventStoreDbLog, EventStoreDbOptions } from './options.js';
import type { Prepared, PrepareOptions } from './prepare.js';

/** Opens the log in EventStoreDB. The driver is loaded only now, so that a city in one process never loads it. */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDbLog> {
  const { openEventStoreDb: open } = await import('./open.js');
  return open(options);
}

/** Makes all positions so far void, after a restore. Answers the name of the new incarnation. */
export async function renewEventStoreDbIncarnation(options: EventStoreDbOptions): Promise<string> {
  const { renewIncarnation } = await import('./open.js');
  return renewIncarnation(options);
}

/** Makes the city's account and gives it what OneDoor does, and no more. Answers what was done. */
export async function prepareEventStoreDb(options: PrepareOptions): Promise<Prepared> {
  const { prepareEventStoreDb: prepare } = await import('./prepare.js');
  return prepare(options);
}
