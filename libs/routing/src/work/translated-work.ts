import { BoundedCache } from '@onedoor/kernel';
import type { WorkItem } from './work-ring.js';

/** The work that the first events of one stream led to, by their revisions. */
interface TranslatedStream {
  /** Of the last event that was translated; -1 before the first. */
  readonly revision: number;
  readonly items: ReadonlyMap<number, WorkItem>;
  readonly bytes: number;
}

const NOTHING: TranslatedStream = { revision: -1, items: new Map(), bytes: 200 };

/**
 * Remembers what events were translated to, for all followers together: the second one who comes by an event needs no state of its
 * stream. Bounded by bytes; what was forgotten is translated once more.
 */
export class TranslatedWork {
  private readonly streams: BoundedCache<string, TranslatedStream>;

  constructor(capacityBytes: number) {
    this.streams = new BoundedCache(capacityBytes, ({ bytes }) => bytes);
  }

  get bytes(): number {
    return this.streams.weight;
  }

  /** Of the last event of the stream that was translated without a gap before it. */
  revisionOf(stream: string): number {
    return this.streams.get(stream)?.revision ?? NOTHING.revision;
  }

  /** What that event led to; null where it led to nothing. */
  itemAt(stream: string, revision: number): WorkItem | null {
    return this.streams.get(stream)?.items.get(revision) ?? null;
  }

  /** Keeps what the next event of the stream led to. An event that does not follow the last one is not kept. */
  keep(stream: string, revision: number, item: WorkItem | null): void {
    const before = this.streams.get(stream) ?? NOTHING;
    if (revision !== before.revision + 1) return;
    const items = item === null ? before.items : new Map(before.items).set(revision, item);
    this.streams.set(stream, { revision, items, bytes: before.bytes + (item?.bytes ?? 0) });
  }
}
