import { DamagedStream, type EventMetadata, type RecordedEvent, type StreamName } from '@onedoor/engine';
import { type LogPage, PLACES_PER_PAGE_MAX, positionOf } from '../../shared/numbered-log.js';
import type { ReadConnection, Row } from '../read-connection.js';
import type { EventRow } from './log-jobs.js';
import { isAsWritten } from '../../shared/digest.js';
import { eventDigest } from './proof.js';

const COLUMNS = 'e.position, e.revision, e.type, e.v, e.at, e.recorded_at, e.event_id, e.data, e.metadata, s.name';

/** Events as `log.db` holds them, read in pages. Throws `DamagedStream` for a row that is not as it was written. */
export class EventRows {
  readonly #page: string;
  readonly #ofStream: string;
  /** Of a log of an earlier release, which is read beside nothing that writes, there are no proofs. */
  readonly #isProven: boolean;
  readonly #origin: string;

  constructor(
    private readonly connection: ReadConnection,
    private readonly incarnation: string,
  ) {
    this.#isProven = connection.row("SELECT 1 FROM meta WHERE key = 'proven'") !== null;
    this.#origin = String(connection.row("SELECT value FROM meta WHERE key = 'origin'")?.[0]);
    const columns = `${COLUMNS}, ${this.#isProven ? 'e.proof' : 'NULL'}`;
    // CROSS JOIN makes the planner scan events in order and look the stream up for each.
    this.#page = `SELECT ${columns} FROM events e CROSS JOIN streams s ON s.id = e.stream WHERE e.position > ? AND e.position <= ?`;
    this.#ofStream = `
      SELECT ${columns} FROM streams s JOIN events e ON e.stream = s.id
      WHERE s.name = ? AND e.revision >= ? ORDER BY e.revision LIMIT ?`;
  }

  ofStream(stream: StreamName, from: number, limit: number): readonly RecordedEvent[] {
    return this.connection.rows(this.#ofStream, stream, from, limit).map((row) => this.#event(row));
  }

  page(after: number, tail: number, limit: number, categories: ReadonlySet<string> | null): LogPage {
    const last = Math.min(tail, after + Math.max(limit, PLACES_PER_PAGE_MAX));
    const rows =
      categories === null
        ? this.connection.rows(`${this.#page} ORDER BY e.position LIMIT ?`, after, last, limit)
        : this.connection.rows(
            `${this.#page} AND s.category IN (SELECT value FROM json_each(?)) ORDER BY e.position LIMIT ?`,
            after,
            last,
            JSON.stringify([...categories]),
            limit,
          );
    const events = rows.map((row) => this.#event(row));
    // A full page ends at its last event; any other one covers all places up to `last`.
    return { events, through: rows.length === limit ? Number(rows.at(-1)?.[0]) : last };
  }

  /** The names of streams behind an id, in the order in which they were made. */
  streamNames(after: number, limit: number): readonly { readonly id: number; readonly name: StreamName }[] {
    const rows = this.connection.rows('SELECT id, name FROM streams WHERE id > ? ORDER BY id LIMIT ?', after, limit);
    return rows.map(([id, name]) => ({ id: Number(id), name: String(name) }));
  }

  streamCount(): number {
    return Number(this.connection.row('SELECT max(id) FROM streams')?.[0] ?? 0);
  }

  tail(): number {
    return Number(this.connection.row('SELECT max(position) FROM events')?.[0] ?? 0);
  }

  #event(row: Row): RecordedEvent {
    this.#check(row);
    return {
      id: row[6] as string,
      type: row[2] as string,
      v: row[3] as number,
      at: row[4] as string,
      recordedAt: row[5] as string,
      data: JSON.parse(row[7] as string) as unknown,
      metadata: JSON.parse(row[8] as string) as EventMetadata,
      stream: row[9] as StreamName,
      revision: row[1] as number,
      position: positionOf(this.incarnation, row[0] as number),
    };
  }

  #check([position, revision, type, v, at, recordedAt, id, data, metadata, stream, proof]: Row): void {
    const columns = [id, type, v, at, recordedAt, data, metadata] as unknown as EventRow;
    if (!this.#isProven || isAsWritten(proof, eventDigest(this.#origin, Number(position), String(stream), Number(revision), columns)))
      return;
    throw new DamagedStream(String(stream), `revision ${String(revision)}`, 'it is in log.db, and not as it was written');
  }
}
