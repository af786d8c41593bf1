import type { Damage } from './damage.js';
import type { EventStoreDbOptions } from './options.js';

/** What an EventStoreDB looks like from outside, for `onedoor doctor`. */
export interface EventStoreDbInspection {
  /** Why it could not be asked; null when it answered. */
  readonly error: string | null;
  /** Names the log; null where none was opened yet. */
  readonly incarnation: string | null;
  /** Streams of the city that were truncated, deleted or ended by others than OneDoor. */
  readonly damaged: readonly Damage[];
  /** What an account of OneDoor's could do to the log and should not. */
  readonly warnings: readonly string[];
}

/** Looks at the log without changing it. Never throws: a server that is away is what it is there to report. */
export async function inspectEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDbInspection> {
  try {
    // Loaded here, so that a city in one process never loads the driver.
    const { inspectLog } = await import('./inspect-log.js');
    return { error: null, ...(await inspectLog(options)) };
  } catch (error) {
    return { error: (error as Error).message, incarnation: null, damaged: [], warnings: [] };
  }
}
