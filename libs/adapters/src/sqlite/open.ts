import { existsSync } from 'node:fs';
import { type Alarm, DamagedLog, type Dependency, Unavailable } from '@onedoor/engine';
import { makeFolder } from '../shared/make-folder.js';
import { systemClock } from '../system/environment.js';
import { checkAtStart } from './damage/check-at-start.js';
import { isOfDisk } from './disk-errors.js';
import { DiskHealth } from './disk-health.js';
import { type DataFiles, filesOf, LOG_PRAGMAS, VIEWS_PRAGMAS } from './files.js';
import { closeToOthers, makePrivate } from './folder-modes.js';
import { SqliteEventStore } from './log/event-store.js';
import type { LogJobs, LogOpened, LogOptions } from './log/log-jobs.js';
import { SqliteVault } from './log/vault.js';
import { ReadConnection } from './read-connection.js';
import { keepReserve, releaseReserve } from './reserve.js';
import { belongToLog } from './views/belong-to-log.js';
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
  /** The disk, as the writers find it. */
  readonly dependencies: readonly Dependency[];
  /** Called when a file can no longer be written, once for each file: all further writes fail, and the process should stop. */
  onFailure(callback: (error: Error) => void): void;
  /** Ends subscriptions and consumptions, finishes the waiting writes, and closes both files. */
  close(): Promise<void>;
}

export interface SqliteOptions {
  /** Beside a process that writes: nothing is created or changed. */
  readonly readOnly?: boolean;
  /** Hears of a disk that takes no writes, and of a log that was put there from elsewhere. */
  readonly alarm?: Alarm;
}

/**
 * Opens the two files of a data folder. Only the holder of the folder's lock may open it for writing. Throws `DamagedLog` where the log is
 * not what was written, or lacks what was acknowledged.
 */
export async function openSqlite(folder: string, options: SqliteOptions = {}): Promise<SqliteData> {
  return options.readOnly ? openReadOnly(folder) : openWritable(folder, options.alarm ?? (() => undefined));
}

/** Where the disk is too full to start, the reserve is given back first. */
async function openWritable(folder: string, alarm: Alarm): Promise<SqliteData> {
  makeFolder(folder);
  closeToOthers(folder);
  const files = filesOf(folder);
  try {
    return await openFiles(files, alarm);
  } catch (error) {
    if (!isOfDisk(error) || !releaseReserve(files.reserve)) throw error;
    return openFiles(files, alarm);
  }
}

async function openFiles(files: DataFiles, alarm: Alarm): Promise<SqliteData> {
  const { isPutBack } = checkAtStart(files);
  const disk = new DiskHealth(alarm, () => keepReserve(files.reserve, files.folder));
  const log = await openLog(files, disk, isPutBack);
  try {
    makePrivate(files.views);
    const views = await Writer.open<ViewsJobs, ViewsOpened>(
      {
        path: files.views,
        pragmas: VIEWS_PRAGMAS,
        handlerUrl: handlerUrl('views/views-transaction'),
        options: { incarnation: log.opened.incarnation, belong: viewsBelong(files) },
      },
      disk,
    ).catch(refuseViews(files));
    const data = assemble({ log, views, disk, logReader: new ReadConnection(files.log), viewsReader: new ReadConnection(files.views) });
    keepReserve(files.reserve, files.folder);
    if (isPutBack) alarm('log was put there from elsewhere', { incarnation: log.opened.incarnation });
    return data;
  } catch (error) {
    await log.writer.close();
    throw error;
  }
}

/** Opens the log alone for writing. */
export function openLog(files: DataFiles, disk: DiskHealth, isPutBack: boolean): Promise<OpenedLog> {
  makePrivate(files.log);
  const options: LogOptions = { headPath: files.head, at: systemClock.now(), isPutBack };
  return Writer.open<LogJobs, LogOpened>(
    { path: files.log, pragmas: LOG_PRAGMAS, handlerUrl: handlerUrl('log/log-transaction'), options },
    disk,
  );
}

export interface OpenedLog {
  readonly writer: Writer<LogJobs>;
  readonly opened: LogOpened;
}

/** Whether the views are of the log as it is now. Throws `DamagedLog` for views that can't be read. */
function viewsBelong(files: DataFiles): boolean {
  try {
    return belongToLog(files);
  } catch (error) {
    return refuseViews(files)(error);
  }
}

/** Views that can not be read hold nothing that the log does not. */
const refuseViews =
  ({ views }: DataFiles) =>
  (error: unknown): never => {
    if (isOfDisk(error)) throw error;
    throw new DamagedLog([(error as Error).message], `Delete ${views}: it is made again from the log`);
  };

async function openReadOnly(folder: string): Promise<SqliteData> {
  const files = filesOf(folder);
  if (!existsSync(files.log)) throw new Unavailable(`There is no log at ${files.log}`);
  const logReader = new ReadConnection(files.log);
  const incarnation = String(logReader.row("SELECT value FROM meta WHERE key = 'incarnation'")?.[0]);
  const [tail, tailId] = logReader.row('SELECT position, event_id FROM events ORDER BY position DESC LIMIT 1') ?? [0, ''];
  return assemble({
    log: { writer: null, opened: { incarnation, tail: Number(tail), tailId: String(tailId) } },
    views: { writer: null, opened: { tail: 0 } },
    disk: null,
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
  /** Null where nothing is written. */
  readonly disk: DiskHealth | null;
  readonly logReader: ReadConnection;
  readonly viewsReader: ReadConnection | null;
}

function assemble({ log, views, disk, logReader, viewsReader }: Parts): SqliteData {
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
    checkpoints: new SqliteCheckpoints(viewsReader, views.writer, () => store.witness()),
    vault: new SqliteVault(logReader, log.writer),
    incarnation: log.opened.incarnation,
    dependencies: disk === null ? [] : [disk],
    onFailure: (callback) => writers.forEach((writer) => writer.onFailure(callback)),
    close: () => (closing ??= close()),
  };
}

/** The writer's thread loads its modules itself: from source under test, from the build otherwise. */
function handlerUrl(module: string): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`./${module}.${extension}`, import.meta.url).href;
}
