import { createHash } from 'node:crypto';
import { followed, type LogPorts, type Position, type RecordedEvent } from '@onedoor/engine';
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

/** The summary of a whole log. */
export async function summarize(log: LogPorts): Promise<LogSummary> {
  const summary = new RunningSummary(log);
  await summary.advance();
  return summary.total();
}

/** A summary that is brought up to date while the log grows, when its newest events are still in memory. Holds three values an event. */
export class RunningSummary {
  private readonly count = { ServiceRequestSubmitted: 0, CaseOpened: 0 } as Record<string, number>;
  private readonly promises = new PromiseCount();
  private readonly closed = new Set<string>();
  /** Of each stream, its events' revisions, types and instants one after another. */
  private readonly streams = new Map<string, (string | number)[]>();
  private events = 0;
  private through: Position | null = null;

  constructor(private readonly log: LogPorts) {}

  /** Takes in every event that the log has by now. */
  async advance(): Promise<void> {
    for await (const next of followed(this.log, { after: this.through, pageSize: PAGE_EVENTS, signal: new AbortController().signal })) {
      if (next.kind === 'caught-up') return;
      for (const event of next.events) this.take(event);
      this.through = next.position;
    }
  }

  total(): LogSummary {
    const [submitted = 0, cases = 0] = [this.count['ServiceRequestSubmitted'], this.count['CaseOpened']];
    return {
      requests: { open: submitted - this.closed.size, closed: this.closed.size },
      cases,
      ...this.promises.total(),
      events: this.events,
      digest: this.digest(),
    };
  }

  private take({ stream, revision, type, at, data }: RecordedEvent): void {
    this.events += 1;
    if (type in this.count) this.count[type] = (this.count[type] ?? 0) + 1;
    this.promises.take(stream, type, data);
    if (type === 'ServiceRequestClosed') this.closed.add(stream);
    if (type === 'ServiceRequestReopened') this.closed.delete(stream);
    const kept = this.streams.get(stream);
    if (kept === undefined) this.streams.set(stream, [revision, type, at]);
    else kept.push(revision, type, at);
  }

  private digest(): string {
    const digest = createHash('sha256');
    for (const stream of [...this.streams.keys()].sort()) {
      const kept = this.streams.get(stream) ?? [];
      let lines = '';
      for (let each = 0; each < kept.length; each += 3) lines += `${stream}\t${kept[each]}\t${kept[each + 1]}\t${kept[each + 2]}\n`;
      digest.update(lines);
    }
    return digest.digest('hex');
  }
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
