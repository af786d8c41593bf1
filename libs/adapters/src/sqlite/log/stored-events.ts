import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EventRow } from './log-jobs.js';
import { eventDigest } from './proof.js';
import { originOf } from './tables.js';

/** Events that are read at once: beside a process that writes, no read holds the file for long. */
const PAGE_EVENTS = 10_000;

const EVENTS = `
  SELECT e.position, coalesce(s.name, ''), e.revision, e.proof, coalesce(s.category, ''),
    e.event_id, e.type, e.v, e.at, e.recorded_at, e.data, e.metadata
  FROM events e LEFT JOIN streams s ON s.id = e.stream WHERE e.position > ? ORDER BY e.position LIMIT ${PAGE_EVENTS}`;

/** One event of the file, with the digest of its row as it stands there. */
export interface StoredEvent {
  readonly position: number;
  readonly stream: string;
  readonly category: string;
  readonly digest: string;
  readonly proof: string | null;
}

/** Reads pages of events in the order of their positions. Rows come as arrays: that takes less than half the time. */
export class StoredEvents {
  readonly #page: StatementSync;
  readonly #origin: string;

  constructor(database: DatabaseSync) {
    this.#page = database.prepare(EVENTS);
    this.#page.setReturnArrays(true);
    this.#origin = originOf(database);
  }

  /** The events behind a position; fewer than a page holds, or none, at the end. */
  after(position: number): readonly StoredEvent[] {
    return (this.#page.all(position) as unknown as readonly Columns[]).map(([at, stream, revision, proof, category, ...row]) => ({
      position: at,
      stream,
      category,
      proof,
      digest: eventDigest(this.#origin, at, stream, revision, row),
    }));
  }
}

type Columns = readonly [position: number, stream: string, revision: number, proof: string | null, category: string, ...row: EventRow];
