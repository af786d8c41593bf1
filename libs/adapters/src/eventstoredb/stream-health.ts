import type { RecordedEvent as ServerEvent } from '@eventstore/db-client';
import { Misconfigured } from '@onedoor/engine';
import type { AttemptOptions } from './connection.js';
import type { LogReader, StreamAnswer } from './log-reader.js';

/** What a deleted or tombstoned stream lacks. */
export const ALL = 'all its events';

/** What a stream lacks, in words. */
export const lackOf = (first: number, last: number): string => (first === last ? `revision ${first}` : `revisions ${first} to ${last}`);

/** What is missing among events that were read from a revision on; null where none are. */
export function lackIn(events: readonly ServerEvent[], from: number): string | null {
  // A stream that exists and shows nothing from its first revision on was truncated behind its end.
  if (events.length === 0) return from === 0 ? ALL : null;
  const gap = events.findIndex(({ revision }, index) => Number(revision) !== from + index);
  if (gap < 0) return null;
  return lackOf(from + gap, Number(events[gap]?.revision ?? 0n) - 1);
}

/** Finds out whether events are missing, also where the events that were read do not tell. */
export class StreamHealth {
  constructor(private readonly reader: LogReader) {}

  /** What a stream lacks of which these events were read from a revision on, none where null; null where nothing is missing. */
  async lackIn(name: string, events: StreamAnswer, from: number, options: Pick<AttemptOptions, 'untilMs'> = {}): Promise<string | null> {
    if (events === null) return this.#lackOfAbsent(name, options);
    // Behind the end both an undamaged and a truncated stream show nothing; the truncated one has no last event either.
    if (events.length === 0 && from > 0) return (await this.reader.lastOf(name, options)) === null ? ALL : null;
    return lackIn(events, from);
  }

  /** Tells a stream that never existed from a deleted one: reads answer both alike. Null too where the account may not read metadata. */
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

/** Truncated before the largest revision: how the server marks a deleted stream. */
const isDeletion = (metadata: unknown): boolean =>
  typeof metadata === 'object' && metadata !== null && '$tb' in metadata && Number(metadata.$tb) >= Number.MAX_SAFE_INTEGER;
