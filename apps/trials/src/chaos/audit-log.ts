import type { SqliteData } from '@onedoor/adapters';

export interface Findings {
  /** Acknowledged references that are not in the log: how many, and which. */
  readonly lost: number;
  readonly missing: readonly string[];
  /** Keys that led to more than one request. */
  readonly doubled: number;
  readonly withoutOneCase: number;
  /** Requests without exactly one promise, or whose promise has ended. */
  readonly withoutOnePromise: number;
  readonly requests: number;
}

const PAGE_EVENTS = 8_192;

/** Reads the whole log and compares it with the acknowledged references. */
export async function auditLog({ store }: SqliteData, acknowledged: readonly string[]): Promise<Findings> {
  const requests = new Map<string, number>();
  const commands = new Map<string, number>();
  const cases = new Map<string, number>();
  const promises = new Map<string, number>();
  const stopped = new Set<string>();
  for await (const next of store.subscribe({ after: null, pageSize: PAGE_EVENTS, signal: new AbortController().signal })) {
    if (next.kind === 'caught-up') break;
    for (const { stream, type, metadata } of next.events) {
      const reference = stream.slice(stream.indexOf('-') + 1);
      if (type === 'ServiceRequestSubmitted') {
        count(requests, reference);
        count(commands, metadata.commandId);
      }
      if (type === 'CaseOpened') count(cases, reference);
      if (type === 'PromiseMade') count(promises, reference);
      if (type === 'CaseResolved') stopped.add(reference);
    }
  }
  const all = new Set([...acknowledged, ...requests.keys()]);
  const missing = acknowledged.filter((reference) => !requests.has(reference));
  return {
    lost: missing.length,
    missing,
    doubled: [...commands.values(), ...requests.values()].filter((times) => times > 1).length,
    withoutOneCase: [...all].filter((reference) => cases.get(reference) !== 1).length,
    withoutOnePromise: [...all].filter((reference) => promises.get(reference) !== 1 || stopped.has(reference)).length,
    requests: requests.size,
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
