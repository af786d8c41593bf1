import type { EventStoreDbExamination } from './examine-log.js';
import type { EventStoreDbLog, EventStoreDbOptions } from './options.js';
import type { Prepared, PrepareOptions } from './prepare.js';

/*
 * The functions that other workspaces call. Each loads the driver when it is called, so that a process without EventStoreDB never
 * loads it.
 */

/** Opens the log in EventStoreDB. */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDbLog> {
  const { openEventStoreDb: open } = await import('./open.js');
  return open(options);
}

/** Makes all positions so far void, after a restore. Returns the name of the new incarnation. */
export async function renewEventStoreDbIncarnation(options: EventStoreDbOptions): Promise<string> {
  const { renewIncarnation } = await import('./open.js');
  return renewIncarnation(options);
}

/** Makes the city's account and gives it the rights that OneDoor needs, and no more. Returns what was done. */
export async function prepareEventStoreDb(options: PrepareOptions): Promise<Prepared> {
  const { prepareEventStoreDb: prepare } = await import('./prepare.js');
  return prepare(options);
}

/** What an EventStoreDB looks like from outside. */
export interface EventStoreDbInspection {
  /** Why it could not be asked; null when it answered. */
  readonly error: string | null;
  /** Names the log; null where none was opened yet. */
  readonly incarnation: string | null;
}

/** Looks whether the log is there, without changing it. Never throws: that a server is away is part of the report. */
export async function inspectEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDbInspection> {
  try {
    const { knownIncarnation } = await import('./open.js');
    return { error: null, incarnation: await knownIncarnation(options) };
  } catch (error) {
    return { error: (error as Error).message, incarnation: null };
  }
}

/** Searches the whole log for streams that were cut, and checks the rights of the account. Changes nothing; throws as opening does. */
export async function examineEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDbExamination> {
  const { examineLog } = await import('./examine-log.js');
  return examineLog(options);
}
