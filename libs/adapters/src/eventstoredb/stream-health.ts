import type { RecordedEvent as ServerEvent } from '@eventstore/db-client';
import { Misconfigured } from '@onedoor/engine';
import type { AttemptOptions } from './connection.js';
import type { LogReader, StreamAnswer } from './log-reader.js';

/** What a stream lacks that was deleted or ended. */
export const ALL = 'all its events';

/** What a stream lacks, in words. */
export const lackOf = (first: number, last: number): string => (first === last ? `revision ${first}` : `revisions ${first} to ${last}`);

/** What is missing among events that were read from a revision on; null where they are whole. */
export function lackIn(events: readonly ServerEvent[], from: number): string | null {
  // A stream that is there and shows nothing from its first revision on was cut behind its end.
  if (events.length === 0) return from === 0 ? ALL : null;
  const gap = events.findIndex(({ revision }, index) => Number(revision) !== from + index);
  if (gap < 0) return null;
  return lackOf(from + gap, Number(events[gap]?.revision ?? 0n) - 1);
}

/** Looks further where what was read of a stream does not tell whether it is whole. */
export class StreamHealth {
  constructor(private readonly reader: LogReader) {}

  /** What a stream lacks of which these events were read from a revision on, none where null; null where nothing is missing. */
  async lackIn(name: string, events: StreamAnswer, from: number, options: Pick<AttemptOptions, 'untilMs'> = {}): Promise<string | null> {
    if (events === null) return this.#lackOfAbsent(name, options);
    // Behind the end of a whole stream there is nothing, and behind that of one that was cut there is nothing at all.
    if (events.length === 0 && from > 0) return (await this.reader.lastOf(name, options)) === null ? ALL : null;
    return lackIn(events, from);
  }

  /** Tells a stream that never was from one that was deleted: to a reader both look the same. Null too where this account may not look. */
  async #lackOfAbsent(name: string, options: Pick<AttemptOptions, 'untilMs'>): Promise<string | null> {
    try {
      const metadata = (await this.reader.lastOf(`$$${name}`, options))?.data;
      return isDeletion(metadata) ? ALL : null;
    } catch (error) {
      if (error instanceof Misconfigured) return null;
      throw error;
    }
  }
}

/** Truncated before the largest number there is: the server's own mark of a deleted stream. */
const isDeletion = (metadata: unknown): boolean =>
  typeof metadata === 'object' && metadata !== null && '$tb' in metadata && Number(metadata.$tb) >= Number.MAX_SAFE_INTEGER;
