import type { RecordedEvent } from '@onedoor/engine';
import type { LogLedger } from './ledger.js';
import type { LogClient } from './log-client.js';

export interface Audit {
  /** Acknowledged events that are not at their acknowledged revision and position. */
  readonly lost: number;
  /** Ids that occur more than once. */
  readonly doubled: number;
  /** Events that were refused, or that the trial never sent: the place and the reason of each. */
  readonly unexpected: readonly string[];
}

/** Compares the final log with the ledger. */
export function auditOf(log: readonly RecordedEvent[], ledger: LogLedger): Audit {
  const byId = Map.groupBy(log, ({ id }) => id);
  const acknowledged = new Set<string>();
  let lost = 0;
  for (const { stream, ids, revision, position } of ledger.acknowledgedAfter(null)) {
    for (const [index, id] of ids.entries()) {
      acknowledged.add(id);
      const at = revision - ids.length + 1 + index;
      const found = byId.get(id)?.find((event) => event.stream === stream && event.revision === at);
      if (found === undefined || (at === revision && found.position !== position)) lost += 1;
    }
  }
  const unknown = log.filter(({ id }) => !acknowledged.has(id) && ledger.unacknowledged.get(id) !== 'in-doubt');
  const unexpected = unknown.map(({ id, stream, revision }) => `${stream} ${revision}, ${ledger.unacknowledged.get(id) ?? 'never sent'}`);
  return { lost, doubled: [...byId.values()].filter(({ length }) => length > 1).length, unexpected };
}

/** The whole log of the trial. */
export async function wholeLog({ store }: LogClient): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const signal of store.subscribe({ after: null, signal: new AbortController().signal })) {
    if (signal.kind === 'caught-up') return events;
    events.push(...signal.events);
  }
  throw new Error('The subscription ended before it had caught up');
}
