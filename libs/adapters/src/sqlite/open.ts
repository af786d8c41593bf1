import { existsSync } from 'node:fs';
import { type Position, Unavailable } from '@onedoor/engine';
import { makeFolder } from '../shared/make-folder.js';
import { filesOf, LOG_PRAGMAS, VIEWS_PRAGMAS } from './files.js';
import { SqliteEventStore } from './log/event-store.js';
import type { LogJobs, LogOpened } from './log/log-jobs.js';
import { SqliteVault } from './log/vault.js';
import { ReadConnection } from './read-connection.js';
import { belongToLog, witnessOf } from './views/belong-to-log.js';
import { SqliteCheckpoints } from './views/checkpoints.js';
import { SqliteEventBus } from './views/event-bus.js';
import { SqliteReadModels } from './views/read-models.js';
import type { ViewsJobs, ViewsOpened } from './views/views-jobs.js';
import { Writer } from './writer/writer.js';

/** Everything that one data folder holds. */
export interface SqliteData {
  readonly store: SqliteEventStore;
  readonly bus: SqliteEventBus;
  readonly readModels: SqliteReadModels;
  readonly checkpoints: SqliteCheckpoints;
  readonly vault: SqliteVault;
  /** Identifies this log: every position begins with it. */
  readonly incarnation: string;
  /** Called when a file can no longer be written, once for each file: all further writes fail, and the process should stop. */
  onFailure(callback: (error: Error) => void): void;
  /** Ends subscriptions and consumptions, finishes the waiting writes, and closes both files. */
  close(): Promise<void>;
}

export interface SqliteOptions {
  /** Beside a process that writes: nothing is created or changed. */
  readonly readOnly?: boolean;
}

/** Opens the two files of a data folder. Only the holder of the folder's lock may open it for writing. */
export async function openSqlite(folder: string, options: SqliteOptions = {}): Promise<SqliteData> {
  return options.readOnly ? openReadOnly(folder) : openWritable(folder);
}

async function openWritable(folder: string): Promise<SqliteData> {
  makeFolder(folder);
  const files = filesOf(folder);
  const log = await Writer.open<LogJobs, LogOpened>({
    path: files.log,
    pragmas: LOG_PRAGMAS,
    handlerUrl: handlerUrl('log/log-transaction'),
    options: null,
  });
  try {
    const views = await Writer.open<ViewsJobs, ViewsOpened>({
      path: files.views,
      pragmas: VIEWS_PRAGMAS,
      handlerUrl: handlerUrl('views/views-transaction'),
      options: { incarnation: log.opened.incarnation, belong: belongToLog(files) },
    });
    return assemble({ log, views, logReader: new ReadConnection(files.log), viewsReader: new ReadConnection(files.views) });
  } catch (error) {
    await log.writer.close();
    throw error;
  }
}

async function openReadOnly(folder: string): Promise<SqliteData> {
  const files = filesOf(folder);
  if (!existsSync(files.log)) throw new Unavailable(`There is no log at ${files.log}`);
  const logReader = new ReadConnection(files.log);
  const incarnation = String(logReader.row("SELECT value FROM meta WHERE key = 'incarnation'")?.[0]);
  const tail = Number(logReader.row('SELECT max(position) FROM events')?.[0] ?? 0);
  return assemble({
    log: { writer: null, opened: { incarnation, tail } },
    views: { writer: null, opened: { tail: 0 } },
    logReader,
    viewsReader: readableViews(files),
  });
}

/** Views that are absent, or not of this log, read as empty. */
function readableViews(files: ReturnType<typeof filesOf>): ReadConnection | null {
  return belongToLog(files) ? new ReadConnection(files.views) : null;
}

interface Parts {
  readonly log: { readonly writer: Writer<LogJobs> | null; readonly opened: LogOpened };
  readonly views: { readonly writer: Writer<ViewsJobs> | null; readonly opened: ViewsOpened };
  readonly logReader: ReadConnection;
  readonly viewsReader: ReadConnection | null;
}

function assemble({ log, views, logReader, viewsReader }: Parts): SqliteData {
  const store = new SqliteEventStore(logReader, log.opened, log.writer);
  const bus = new SqliteEventBus(viewsReader, views.writer, views.opened);
  const writers = [log.writer, views.writer].filter((writer) => writer !== null);
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    store.close();
    bus.close();
    // The last connection to close checkpoints the write-ahead log, which a read-only connection cannot do: so the writers close last.
    await Promise.all(writers.map((writer) => writer.finish()));
    logReader.close();
    viewsReader?.close();
    await Promise.all(writers.map((writer) => writer.close()));
  };
  return {
    store,
    bus,
    readModels: new SqliteReadModels(viewsReader, views.writer),
    checkpoints: new SqliteCheckpoints(viewsReader, views.writer, (position) => witnessAt(position, log.opened.incarnation, logReader)),
    vault: new SqliteVault(logReader, log.writer),
    incarnation: log.opened.incarnation,
    onFailure: (callback) => writers.forEach((writer) => writer.onFailure(callback)),
    close: () => (closing ??= close()),
  };
}

function witnessAt(position: Position, incarnation: string, log: ReadConnection): string | null {
  if (!position.startsWith(`${incarnation}:`)) return null;
  const row = log.row('SELECT event_id FROM events WHERE position = ?', Number(position.slice(incarnation.length + 1)));
  return row && witnessOf(position, String(row[0]));
}

/** The writer's thread loads its modules itself: from source under test, from the build otherwise. */
function handlerUrl(module: string): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`./${module}.${extension}`, import.meta.url).href;
}
