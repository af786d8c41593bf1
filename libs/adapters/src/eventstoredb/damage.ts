import { eventTypeFilter, START, type RecordedEvent as ServerEvent } from '@eventstore/db-client';
import type { Connection } from './connection.js';
import { BrokenOff, isStreamDeleted, ReadTimeout } from './failure.js';
import type { LogReader } from './log-reader.js';
import { ALL, StreamHealth } from './stream-health.js';
import type { StreamNaming } from './stream-naming.js';

/** A stream of the city that lacks revisions which were written. */
export interface Damage {
  readonly stream: string;
  /** In words, as in `revisions 0 to 4`. */
  readonly lacks: string;
}

/** The events that can cut a stream: its metadata, and the tombstone. OneDoor writes neither. */
const CUTTING_TYPES = ['$metadata', '$streamDeleted'];
/** Events that the server searches for one answer: hardly any of them match. */
const WINDOW_EVENTS = 10_000;
/** Streams that are looked at: far more than a report can show. */
const STREAMS_MAX = 1_000;
const LOOK_WITHIN_MS = 60_000;

/** Searches the whole log for events that can cut a stream, and checks each stream that they name. */
export async function damageOf(connection: Connection, reader: LogReader, naming: StreamNaming): Promise<readonly Damage[]> {
  const found: Damage[] = [];
  for (const [name, stream] of await suspectsOf(connection, naming)) {
    const lacks = await lackOfStream(reader, name);
    if (lacks !== null) found.push({ stream, lacks });
  }
  return found;
}

async function lackOfStream(reader: LogReader, name: string): Promise<string | null> {
  try {
    return await new StreamHealth(reader).lackIn(name, await reader.stream(name, 0, 1), 0);
  } catch (error) {
    if (isStreamDeleted(error)) return ALL;
    throw error;
  }
}

/** The city's streams that any event cut, or may have: what the server calls them, and what the city does. */
function suspectsOf(connection: Connection, naming: StreamNaming): Promise<ReadonlyMap<string, string>> {
  return connection.attempt(
    ({ client, retired }) =>
      new Promise((resolve, reject) => {
        const streams = new Map<string, string>();
        const filter = eventTypeFilter({ prefixes: CUTTING_TYPES, maxSearchWindow: WINDOW_EVENTS });
        const subscription = client.subscribeToAll({ ...connection.caller, fromPosition: START, filter });
        // 'caughtUp' is emitted while events that were read ahead are still buffered.
        let toCome = Infinity;
        const end = (settle: () => void) => {
          clearTimeout(timer);
          retired.removeEventListener('abort', onRetired);
          subscription.unsubscribe().catch(() => undefined);
          settle();
        };
        const endIfWhole = () => {
          if (toCome <= 0) end(() => resolve(streams));
        };
        const onRetired = () => end(() => reject(new BrokenOff('The connection was replaced')));
        const timer = setTimeout(() => end(() => reject(new ReadTimeout('Looking through the log takes too long'))), LOOK_WITHIN_MS);
        retired.addEventListener('abort', onRetired);
        subscription.on('error', (error) => end(() => reject(error)));
        subscription.on('end', () => end(() => reject(new BrokenOff('The subscription ended'))));
        subscription.on('data', ({ event }) => {
          const name = event ? cutBy(event) : '';
          const stream = naming.ofCity(name);
          if (stream !== null && streams.size < STREAMS_MAX) streams.set(name, stream);
          toCome -= 1;
          endIfWhole();
        });
        subscription.on('caughtUp', () => {
          toCome = subscription.readableLength;
          endIfWhole();
        });
        if (retired.aborted) onRetired();
      }),
  );
}

/** Metadata stand in a stream of their own, `$$` before the name of what they are about. */
const cutBy = ({ streamId, type }: ServerEvent): string => (type === '$metadata' ? streamId.slice('$$'.length) : streamId);
