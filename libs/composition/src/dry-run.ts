import { openMemory, systemClock, systemEntropy } from '@onedoor/adapters';
import type { EventStore, RecordedEvent } from '@onedoor/engine';
import { LIMITS } from '@onedoor/kernel';
import type { Ports } from '@onedoor/platform';

/**
 * Ports over a log that is only read, or over none: what is appended stays in memory, and nothing is declared or mailed. What commands
 * then do is what they would do on the log itself.
 */
export function dryRunPorts(log: Pick<EventStore, 'read'> | null, alarm: Ports['alarm']): Ports {
  const memory = openMemory();
  return {
    ...memory,
    store: log === null ? memory.store : overlaid(log, memory.store),
    mailer: { send: () => Promise.resolve({ outcome: 'accepted' }) },
    clock: systemClock,
    entropy: systemEntropy,
    alarm,
    dependencies: [],
    jurisdiction: 'dry-run',
  };
}

/** A log over another: streams are read from below and go on in memory. Followers see nothing of either. */
function overlaid(below: Pick<EventStore, 'read'>, above: EventStore): EventStore {
  const appended = new Map<string, RecordedEvent[]>();
  let count = 0;
  const read = async (stream: string): Promise<readonly RecordedEvent[]> => [
    ...(await below.read(stream, 0, LIMITS.eventsPerStream)),
    ...(appended.get(stream) ?? []),
  ];
  return {
    async append(stream, expected, events) {
      const last = (await read(stream)).length - 1;
      if (last !== (expected === 'no-stream' ? -1 : expected)) return { outcome: 'conflict', actual: last < 0 ? null : last };
      count += events.length;
      const position = `dry-run:${String(count).padStart(16, '0')}`;
      const recorded = events.map((event, index) => ({ ...event, stream, revision: last + 1 + index, position }));
      appended.set(stream, [...(appended.get(stream) ?? []), ...recorded]);
      return { outcome: 'appended', revision: last + events.length, position };
    },
    read: async (stream, from, limit) => (await read(stream)).slice(from, from + limit),
    subscribe: (options) => above.subscribe(options),
    head: () => above.head(),
  };
}
