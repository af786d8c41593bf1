import { type Checkpoints, type Position, Unavailable } from '@onedoor/engine';
import type { ReadConnection } from '../read-connection.js';
import type { Writer } from '../writer/writer.js';
import type { ViewsJobs } from './views-jobs.js';

/** Checkpoints in `views.db`, in one file with the documents they are about. */
export class SqliteCheckpoints implements Checkpoints {
  constructor(
    private readonly connection: ReadConnection | null,
    private readonly writer: Writer<ViewsJobs> | null,
    /** The last acknowledged event of the log; null while there is none. */
    private readonly witness: () => string | null,
  ) {}

  async load(name: string): Promise<Position | null> {
    return (this.connection?.row('SELECT position FROM checkpoints WHERE name = ?', name)?.[0] as string | undefined) ?? null;
  }

  async advance(name: string, from: Position | null, to: Position | null): Promise<boolean> {
    if (!this.writer) throw new Unavailable('The views are open for reading only');
    return this.writer.ask('advance', { name, from, to, witness: this.witness() }, 0, (hasMoved) => hasMoved);
  }
}
