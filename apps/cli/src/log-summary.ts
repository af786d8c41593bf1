import { createHash } from 'node:crypto';
import { followed, type LogPorts } from '@onedoor/engine';

/** Counts and a digest of a whole log. */
export interface LogSummary {
  readonly requests: { readonly open: number; readonly closed: number };
  readonly cases: number;
  readonly promises: number;
  readonly breached: number;
  readonly events: number;
  /** SHA-256 over (stream, revision, type, at) in the order of the streams' names. */
  readonly digest: string;
}

const PAGE_EVENTS = 8_192;

export async function summarize(log: LogPorts): Promise<LogSummary> {
  const count = { ServiceRequestSubmitted: 0, CaseOpened: 0, PromiseMade: 0, PromiseBreached: 0 } as Record<string, number>;
  const closed = new Set<string>();
  const streams = new Map<string, string[]>();
  let events = 0;
  for await (const next of followed(log, { after: null, pageSize: PAGE_EVENTS, signal: new AbortController().signal })) {
    if (next.kind === 'caught-up') break;
    for (const { stream, revision, type, at } of next.events) {
      events += 1;
      if (type in count) count[type] = (count[type] ?? 0) + 1;
      if (type === 'ServiceRequestClosed') closed.add(stream);
      if (type === 'ServiceRequestReopened') closed.delete(stream);
      const lines = streams.get(stream) ?? [];
      lines.push(`${stream}\t${revision}\t${type}\t${at}\n`);
      streams.set(stream, lines);
    }
  }
  const digest = createHash('sha256');
  for (const stream of [...streams.keys()].sort()) for (const line of streams.get(stream) ?? []) digest.update(line);
  return {
    requests: { open: (count['ServiceRequestSubmitted'] ?? 0) - closed.size, closed: closed.size },
    cases: count['CaseOpened'] ?? 0,
    promises: count['PromiseMade'] ?? 0,
    breached: count['PromiseBreached'] ?? 0,
    events,
    digest: digest.digest('hex'),
  };
}
