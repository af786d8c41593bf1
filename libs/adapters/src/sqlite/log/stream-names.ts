import type { StreamName } from '@onedoor/engine';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { BloomFilter } from '../../shared/bloom-filter.js';
import type { EventRows } from './event-rows.js';

const PAGE_NAMES = 2_000;
/** Room for at least so many streams, and for as many again as there are. */
const LEAST_CAPACITY = 1_000_000;

/**
 * Knows which streams are certainly absent. Filled from the file in the background, page by page; until that is done, and in a store
 * that does not write itself, no stream is certainly absent. New streams are added as their appends are answered.
 */
export class StreamNames {
  private filter: BloomFilter | null = null;
  /** The filter that is being filled: new streams are added here too, for they may lie behind the page that is read. */
  private filling: BloomFilter | null = null;

  constructor(
    private readonly rows: EventRows,
    private readonly isClosed: () => boolean,
  ) {}

  isAbsent(stream: StreamName): boolean {
    return this.filter !== null && !this.filter.mayHold(stream);
  }

  add(stream: StreamName): void {
    this.filter?.add(stream);
    this.filling?.add(stream);
    if (this.filter?.isFull && this.filling === null) void this.load();
  }

  async load(): Promise<void> {
    const filling = new BloomFilter(Math.max(LEAST_CAPACITY, 2 * this.rows.streamCount()));
    this.filling = filling;
    let after = 0;
    for (;;) {
      if (this.isClosed()) return;
      const page = this.rows.streamNames(after, PAGE_NAMES);
      for (const { id, name } of page) {
        filling.add(name);
        after = id;
      }
      if (page.length < PAGE_NAMES) break;
      await nextTurn();
    }
    this.filter = filling;
    this.filling = null;
  }
}
