import { createHash } from 'node:crypto';
import { followed, type LogPorts } from '@onedoor/engine';
import { CORRECTED } from '@onedoor/routing';

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
  const count = { ServiceRequestSubmitted: 0, CaseOpened: 0 } as Record<string, number>;
  const promises = new PromiseCount();
  const closed = new Set<string>();
  const streams = new Map<string, string[]>();
  let events = 0;
  for await (const next of followed(log, { after: null, pageSize: PAGE_EVENTS, signal: new AbortController().signal })) {
    if (next.kind === 'caught-up') break;
    for (const { stream, revision, type, at, data } of next.events) {
      events += 1;
      if (type in count) count[type] = (count[type] ?? 0) + 1;
      promises.take(stream, type, data);
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
    ...promises.total(),
    events,
    digest: digest.digest('hex'),
  };
}

/** Promises and breaches of all rounds, but for those of a case that was corrected: its rounds before that were not so. */
class PromiseCount {
  private readonly ofCase = new Map<string, { promises: number; breached: number }>();

  take(stream: string, type: string, data: unknown): void {
    if (type === 'CaseReopened' && (data as { readonly reason: string }).reason === CORRECTED) this.ofCase.delete(stream);
    if (type !== 'PromiseMade' && type !== 'PromiseBreached') return;
    const count = this.ofCase.get(stream) ?? { promises: 0, breached: 0 };
    if (type === 'PromiseMade') count.promises += 1;
    else count.breached += 1;
    this.ofCase.set(stream, count);
  }

  total(): { readonly promises: number; readonly breached: number } {
    let [promises, breached] = [0, 0];
    for (const count of this.ofCase.values()) {
      promises += count.promises;
      breached += count.breached;
    }
    return { promises, breached };
  }
}
