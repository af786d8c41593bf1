import { existsSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { DatabaseSync } from 'node:sqlite';
import { DamagedLog, Unavailable } from '@onedoor/engine';
import { isOfDisk } from '../disk-errors.js';
import type { DataFiles } from '../files.js';
import { readHead } from '../log/log-head.js';
import { metaOf, originOf, SHAPE } from '../log/tables.js';
import { knownTo, reading, relationOf, valueIn, type ViewsRelation } from '../views/belong-to-log.js';
import { gapDamage, identityDamage, proofDamage } from './log-damage.js';
import { walDamage } from './wal-file.js';

/** Events at the end of the log that are looked at when it is opened: a disk that failed shows it there first. */
const TAIL_EVENTS = 4_096;

/** What a folder's files are found to be before they are opened for writing. */
export interface StartFindings {
  /** The log was put there from elsewhere, as a restored backup is: the positions it had there are void. */
  readonly isPutBack: boolean;
}

/**
 * Throws `DamagedLog` where the log is not what was written, or lacks what was acknowledged. Reads the indexes and the end of the log;
 * `onedoor doctor` reads all of it. Changes nothing, so that what is left can be looked into.
 */
export function checkAtStart(files: DataFiles): StartFindings {
  checkSound(files);
  if (holdsNothing(files.log)) return { isPutBack: false };
  const lost = losses(files);
  if (lost.length > 0) throw new DamagedLog(lost, remedyOf(files));
  return { isPutBack: isPutBack(files) };
}

/** Throws `DamagedLog` where what is left of the log is not what was written. */
export function checkSound(files: DataFiles): void {
  const damage = holdsNothing(files.log) ? goneLog(files) : soundness(files);
  if (damage.length > 0) throw new DamagedLog([...damage, ...brokenWriteAheadLog(files)], `${RESTORE} in its place`);
}

const RESTORE = 'Restore the latest backup';

const remedyOf = ({ folder }: DataFiles): string =>
  'Restore the latest backup in its place. To go on without what is missing, which is recorded in the log, run ' +
  `\`onedoor renew-incarnation --data ${folder}\``;

/** What makes the file itself unfit to be read or written. */
function soundness(files: DataFiles): readonly string[] {
  const found = named(files.log, (log) => {
    const identity = [...identityDamage(log), ...foreignWriteAheadLog(files, log)];
    if (identity.length > 0 || valueIn(log, 'PRAGMA user_version') === '0') return identity;
    const last = Number(valueIn(log, 'SELECT max(position) FROM events') ?? 0);
    return [...gapDamage(log), ...proofDamage(log, Math.max(0, last - TAIL_EVENTS))];
  });
  return found.map((finding) => `${files.log}: ${finding}`);
}

/** The findings of a look into a file, or why it can't be looked into. */
export function named(path: string, look: (database: DatabaseSync) => readonly string[]): readonly string[] {
  try {
    return reading(path, look);
  } catch (error) {
    if (!(error instanceof Unavailable) || isOfDisk(error)) throw error;
    return [(error.cause as Error | undefined)?.message ?? error.message];
  }
}

/** What was acknowledged and is not in the log, each in words. */
export function losses(files: DataFiles): readonly string[] {
  const events = lostEvents(files);
  return [...brokenWriteAheadLog(files), ...(events === 0 ? [] : [`${files.log} lacks ${events} events that were acknowledged`])];
}

function brokenWriteAheadLog({ writeAheadLog }: DataFiles): readonly string[] {
  const damage = walDamage(writeAheadLog);
  return damage === null ? [] : [`${writeAheadLog}: ${damage}`];
}

/** How many acknowledged events the log lacks: what `log.head` and the views know beyond its end. */
export function lostEvents(files: DataFiles): number {
  // Read before the log: beside a process that writes, it grows meanwhile.
  const head = readHead(files.head);
  const views = viewsRelation(files);
  const inViews = views.kind === 'ahead' ? views.events : 0;
  return reading(files.log, (log) => {
    const { incarnation, last } = endOf(log);
    return Math.max(inViews, head?.incarnation === incarnation ? head.place - last : 0);
  });
}

/** `log.head` is made with the log, and the views stand beside it: a log that neither of them knows came from elsewhere. */
function isPutBack(files: DataFiles): boolean {
  const head = readHead(files.head);
  const isKnown = reading(files.log, (log) => {
    const { incarnation, last } = endOf(log);
    if (Number(valueIn(log, 'PRAGMA user_version')) < SHAPE || last === 0) return true;
    if (head === null || head.incarnation !== incarnation) return false;
    return head.place === 0 || head.eventId === valueIn(log, 'SELECT event_id FROM events WHERE position = ?', head.place);
  });
  return !isKnown && viewsRelation(files).kind !== 'of-log';
}

const endOf = (log: DatabaseSync): { readonly incarnation: string | null; readonly last: number } => ({
  incarnation: valueIn(log, "SELECT value FROM meta WHERE key = 'incarnation'"),
  last: Number(valueIn(log, 'SELECT max(position) FROM events') ?? 0),
});

/** Views that can't be read say nothing of the log. */
function viewsRelation(files: DataFiles): ViewsRelation {
  try {
    return relationOf(files);
  } catch (error) {
    if (isOfDisk(error)) throw error;
    return { kind: 'of-another' };
  }
}

/** A write-ahead log that was put beside a file of another log would replace it page by page. */
function foreignWriteAheadLog(files: DataFiles, log: DatabaseSync): readonly string[] {
  if (isEmpty(files.writeAheadLog)) return [];
  const alone = originAlone(files.log);
  return alone === null || alone === originOf(log) ? [] : ['its write-ahead log is that of another log'];
}

/** The origin that the file names without its write-ahead log; null where it names none, as while a checkpoint was broken off. */
function originAlone(path: string): string | null {
  const url = pathToFileURL(path);
  url.search = '?immutable=1';
  try {
    const database = new DatabaseSync(url, { readOnly: true });
    try {
      return metaOf(database, 'origin');
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}

const isEmpty = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0;

/** What a log had that is empty or not there, as far as others of its files know. */
export function goneLog(files: DataFiles): readonly string[] {
  let inViews = 0;
  if (!isEmpty(files.views)) named(files.views, (views) => ((inViews = knownTo(views)?.place ?? 0), []));
  const events = Math.max(inViews, readHead(files.head)?.place ?? 0);
  const state = existsSync(files.log) ? 'is empty' : 'is not there';
  return events === 0 ? [] : [`${files.log} ${state}, and lacks ${events} events that were acknowledged`];
}

/** Empty, absent, or without a table, as a kill leaves it that came before the tables were made. */
export function holdsNothing(path: string): boolean {
  if (isEmpty(path)) return true;
  let tables: string | null = null;
  named(path, (log) => ((tables = valueIn(log, 'SELECT count(*) FROM sqlite_master')), []));
  return tables === '0';
}
