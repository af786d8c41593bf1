import { type Checkpoints, type Position, Unavailable } from '@onedoor/engine';
import type { ReadConnection } from '../read-connection.js';
import type { Writer } from '../writer/writer.js';
import { altered, checkpointCrc, isWhole } from './view-rows.js';
import type { ViewsJobs } from './views-jobs.js';

/** Checkpoints in `views.db`, in one file with the documents they are about. */
export class SqliteCheckpoints implements Checkpoints {
  #select: string | null = null;

  constructor(
    private readonly connection: ReadConnection | null,
    private readonly writer: Writer<ViewsJobs> | null,
    /** The last acknowledged event of the log; null while there is none. */
    private readonly witness: () => string | null,
  ) {}

  async load(name: string): Promise<Position | null> {
    const row = this.connection?.row((this.#select ??= selectIn(this.connection)), name);
    if (!row) return null;
    const position = String(row[0]);
    if (!isWhole(row[1], checkpointCrc(name, position))) throw altered(`checkpoint ${name}`);
    return position;
  }

  async advance(name: string, from: Position | null, to: Position | null): Promise<boolean> {
    if (!this.writer) throw new Unavailable('The views are open for reading only');
    return this.writer.ask('advance', { name, from, to, witness: this.witness() }, 0, (hasMoved) => hasMoved);
  }
}

/** Views that a release before wrote, and that are read beside nothing that writes, have no checksums yet. */
function selectIn(connection: ReadConnection): string {
  const hasCrc = connection.row("SELECT 1 FROM pragma_table_info('checkpoints') WHERE name = 'crc'") !== null;
  return `SELECT position, ${hasCrc ? 'crc' : 'NULL'} FROM checkpoints WHERE name = ?`;
}
