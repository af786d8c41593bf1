import { join } from 'node:path';

/** The files of a data folder. `log` is the truth; `views` may be deleted while stopped and is made again. */
export interface DataFiles {
  readonly folder: string;
  readonly log: string;
  readonly writeAheadLog: string;
  /** Names the last acknowledged event of the log. */
  readonly head: string;
  readonly views: string;
  /** Room that is given back where the disk is too full to start. */
  readonly reserve: string;
  readonly lock: string;
  readonly lockHolder: string;
}

export const filesOf = (folder: string): DataFiles => ({
  folder,
  log: join(folder, 'log.db'),
  writeAheadLog: join(folder, 'log.db-wal'),
  head: join(folder, 'log.head'),
  views: join(folder, 'views.db'),
  reserve: join(folder, 'reserve'),
  lock: join(folder, 'lock.db'),
  lockHolder: join(folder, 'lock.pid'),
});

/**
 * How each file is written: after a loss of power the log has every answered event, and the views have a consistent earlier state.
 * A destroyed key is overwritten in the file, not only unlinked.
 */
export const LOG_PRAGMAS = {
  journal_mode: 'wal',
  synchronous: 2,
  secure_delete: 1,
  wal_autocheckpoint: 4_000,
  cache_size: -32_000,
} as const;
export const VIEWS_PRAGMAS = { journal_mode: 'wal', synchronous: 1, wal_autocheckpoint: 4_000, cache_size: -32_000 } as const;
