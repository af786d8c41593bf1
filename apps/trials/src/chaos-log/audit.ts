import type { RecordedEvent } from '@onedoor/engine';
import type { LogLedger } from './ledger.js';
import type { LogClient } from './log-client.js';

export interface Audit {
  /** Acknowledged events that do not stand where they were acknowledged. */
  readonly lost: number;
  /** Ids that stand at more than one place. */
  readonly doubled: number;
  /** Events that were refused, or that the trial never sent: where each stands, and which of both. */
  readonly intruders: readonly string[];
}

/** Holds the log as it is in the end against what was acknowledged. */
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
  const strangers = log.filter(({ id }) => !acknowledged.has(id) && ledger.unacknowledged.get(id) !== 'in-doubt');
  const intruders = strangers.map(({ id, stream, revision }) => `${stream} ${revision}, ${ledger.unacknowledged.get(id) ?? 'never sent'}`);
  return { lost, doubled: [...byId.values()].filter(({ length }) => length > 1).length, intruders };
}

/** The whole log of the trial, read by a client that took no part. */
export async function wholeLog({ store }: LogClient): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const signal of store.subscribe({ after: null, signal: new AbortController().signal })) {
    if (signal.kind === 'caught-up') return events;
    events.push(...signal.events);
  }
  throw new Error('The log did not say that it was told whole');
}
