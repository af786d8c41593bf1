import type { EventStoreDbOptions } from './options.js';

/** What an EventStoreDB looks like from outside, for `onedoor doctor`. */
export interface EventStoreDbInspection {
  /** Why it could not be asked; null when it answered. */
  readonly error: string | null;
  /** Names the log; null where nobody has opened one yet. */
  readonly incarnation: string | null;
}

/** Looks at the log without changing it. Never throws: a server that is away is what it is there to report. */
export async function inspectEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDbInspection> {
  try {
    // Loaded here, so that a city in one process never loads the driver.
    const { knownIncarnation } = await import('./open.js');
    return { error: null, incarnation: await knownIncarnation(options) };
  } catch (error) {
    return { error: (error as Error).message, incarnation: null };
  }
}
