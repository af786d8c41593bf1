import type { EventStoreDbExamination } from './examine-log.js';
import type { EventStoreDbOptions } from './options.js';

/** What an EventStoreDB looks like from outside. */
export interface EventStoreDbInspection {
  /** Why it could not be asked; null when it answered. */
  readonly error: string | null;
  /** Names the log; null where none was opened yet. */
  readonly incarnation: string | null;
}

/** Looks whether the log is there, without changing it. Never throws: a server that is away is what it is there to report. */
export async function inspectEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDbInspection> {
  try {
    // Loaded here, so that a city in one process never loads the driver.
    const { knownIncarnation } = await import('./open.js');
    return { error: null, incarnation: await knownIncarnation(options) };
  } catch (error) {
    return { error: (error as Error).message, incarnation: null };
  }
}

/** Looks the whole log through for streams that were cut, and at the rights of the account. Changes nothing; throws as opening does. */
export async function examineEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDbExamination> {
  const { examineLog } = await import('./examine-log.js');
  return examineLog(options);
}
