import { eventTypeFilter, START, type RecordedEvent as ServerEvent } from '@eventstore/db-client';
import type { Connection } from './connection.js';
import { BrokenOff, isStreamDeleted, ReadTimeout } from './failure.js';
import type { LogReader } from './log-reader.js';
import { ALL, lackIn } from './stream-health.js';
import type { StreamNaming } from './stream-naming.js';

/** A stream of the city that lacks revisions which were written. */
export interface Damage {
  readonly stream: string;
  /** In words, as in `revisions 0 to 4`. */
  readonly lacks: string;
}

/** What can cut a stream: its metadata, and the mark that ends it for ever. Neither is ever written by OneDoor. */
const CUTTING_TYPES = ['$metadata', '$streamDeleted'];
/** Events that the server looks through for one answer, since hardly any of them is looked for. */
const WINDOW_EVENTS = 10_000;
/** Streams that are looked at: far more than a report can show. */
const STREAMS_MAX = 1_000;
const LOOK_WITHIN_MS = 60_000;

/** Looks through the whole log for what can cut a stream, and at each stream that it names. */
export async function damageOf(connection: Connection, reader: LogReader, naming: StreamNaming): Promise<readonly Damage[]> {
  const found: Damage[] = [];
  for (const name of await suspectsOf(connection)) {
    const stream = naming.ofCity(name);
    const lacks = stream === null ? null : await lackOfStream(reader, name);
    if (stream !== null && lacks !== null) found.push({ stream, lacks });
  }
  return found;
}

async function lackOfStream(reader: LogReader, name: string): Promise<string | null> {
  try {
    const first = await reader.stream(name, 0, 1);
    return first === null ? ALL : lackIn(first, 0);
  } catch (error) {
    if (isStreamDeleted(error)) return ALL;
    throw error;
  }
}

/** The streams that any event cut, or may have. */
function suspectsOf(connection: Connection): Promise<ReadonlySet<string>> {
  return connection.attempt(
    ({ client, retired }) =>
      new Promise((resolve, reject) => {
        const names = new Set<string>();
        const filter = eventTypeFilter({ prefixes: CUTTING_TYPES, maxSearchWindow: WINDOW_EVENTS });
        const subscription = client.subscribeToAll({ ...connection.caller, fromPosition: START, filter });
        // That it has caught up is said while events that were read ahead still wait to be handed over.
        let toCome = Infinity;
        const end = (settle: () => void) => {
          clearTimeout(timer);
          retired.removeEventListener('abort', onRetired);
          subscription.unsubscribe().catch(() => undefined);
          settle();
        };
        const endIfWhole = () => {
          if (toCome <= 0) end(() => resolve(names));
        };
        const onRetired = () => end(() => reject(new BrokenOff('The connection was replaced')));
        const timer = setTimeout(() => end(() => reject(new ReadTimeout('Looking through the log takes too long'))), LOOK_WITHIN_MS);
        retired.addEventListener('abort', onRetired);
        subscription.on('error', (error) => end(() => reject(error)));
        subscription.on('end', () => end(() => reject(new BrokenOff('The subscription ended'))));
        subscription.on('data', ({ event }) => {
          if (event && names.size < STREAMS_MAX) names.add(cutBy(event));
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
