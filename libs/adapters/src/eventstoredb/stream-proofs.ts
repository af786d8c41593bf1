import type { RecordedEvent as ServerEvent } from '@eventstore/db-client';
import { BoundedCache } from '@onedoor/kernel';
import type { LogReader } from './log-reader.js';
import { proofIn } from './event-codec.js';

/** Streams whose last proof is held: those that a process is at work on. */
const STREAMS_MAX = 50_000;

/** The proofs of the last events of streams, behind which the next ones are chained. A stream that was read or written is known. */
export class StreamProofs {
  readonly #last = new BoundedCache<string, { readonly revision: number; readonly proof: string }>(STREAMS_MAX);

  constructor(private readonly reader: LogReader) {}

  /** The proof of a stream's event at a revision; empty before the first, and behind an event of a release that wrote none. */
  async at(name: string, revision: number, untilMs: number): Promise<string> {
    if (revision < 0) return '';
    const known = this.#last.get(name);
    if (known?.revision === revision) return known.proof;
    const events = await this.reader.stream(name, revision, 1, untilMs);
    return proofIn(events?.[0]);
  }

  keep(name: string, revision: number, proof: string): void {
    this.#last.set(name, { revision, proof });
  }

  /** The last of a stream's events that were read. */
  seen(name: string, event: ServerEvent | undefined): void {
    if (event !== undefined) this.keep(name, Number(event.revision), proofIn(event));
  }
}
