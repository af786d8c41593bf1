import { copyFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { FolderCopy, inFrameAt } from './folder-copy.js';

/** What else there is of the same log, and of another one. */
export interface DamageSources {
  /** The folder as it was earlier, as a kill would have left it, with the backup that was made then as `backup`. */
  readonly earlier: string;
  /** The folder of another log, as a kill left it, with a longer write-ahead log. */
  readonly other: string;
}

/** What is done to a copy of the folder, as a disk or a person would. */
export interface Damage {
  readonly what: string;
  /** `killed`: the last events stand in the write-ahead log, as after a kill. `closed`: all stand in the file. */
  readonly base: 'killed' | 'closed';
  /** Throws where the folder has nothing of what is to be damaged. */
  do(copy: FolderCopy, sources: DamageSources): void;
}

type Act = Damage['do'];
const killed = (what: string, act: Act): Damage => ({ what, base: 'killed', do: act });
const closed = (what: string, act: Act): Damage => ({ what, base: 'closed', do: act });

const halve = (path: string): void => truncateSync(path, statSync(path).size / 2);
const shorten = (path: string, bytes: number): void => truncateSync(path, statSync(path).size - bytes);
const lastOf = (copy: FolderCopy): number => Number(copy.ask('SELECT max(position) FROM events'));
const streamOf = (copy: FolderCopy, position: number): string =>
  copy.ask(`SELECT s.name FROM events e JOIN streams s ON s.id = e.stream WHERE position = ${position}`);
const referenceIn = (copy: FolderCopy): string =>
  `reference = '${copy.ask('SELECT max(reference) FROM vault WHERE erased = 0 AND key IS NOT NULL')}'`;

/** All of them need a log of at least four events in two streams, and a vault of a kept and an erased reference. */
const WRITE_AHEAD_LOG: readonly Damage[] = [
  killed('a byte flipped in the first frame of the write-ahead log', (copy) => copy.flip(copy.writeAheadLog, inFrameAt(0))),
  killed('a byte flipped in the middle of the write-ahead log', (copy) => copy.flip(copy.writeAheadLog, inFrameAt(0.5))),
  killed('a byte flipped in the last frame of the write-ahead log', (copy) => copy.flip(copy.writeAheadLog, ({ length }) => length - 100)),
  killed('a byte flipped in the header of the write-ahead log', (copy) => copy.flip(copy.writeAheadLog, () => 17)),
  killed('a write-ahead log that was cut to a half', (copy) => halve(copy.writeAheadLog)),
  killed('a write-ahead log that lacks its last byte', (copy) => shorten(copy.writeAheadLog, 1)),
  killed('a write-ahead log that is empty', (copy) => truncateSync(copy.writeAheadLog, 0)),
  killed('a write-ahead log that is gone', (copy) => rmSync(copy.writeAheadLog)),
  killed('an older write-ahead log', (copy, { earlier }) => copyFileSync(`${earlier}/log.db-wal`, copy.writeAheadLog)),
  killed('the write-ahead log of another log', (copy, { other }) => copyFileSync(`${other}/log.db-wal`, copy.writeAheadLog)),
  closed('an older write-ahead log beside the whole file', (copy, { earlier }) =>
    copyFileSync(`${earlier}/log.db-wal`, copy.writeAheadLog),
  ),
  closed('the write-ahead log of another log beside the whole file', (copy, { other }) =>
    copyFileSync(`${other}/log.db-wal`, copy.writeAheadLog),
  ),
];

const FILE: readonly Damage[] = [
  closed('a byte flipped in an event', (copy) => {
    const placeOf = copy.placeOf('data', copy.middle);
    copy.flip(copy.log, (bytes) => placeOf(bytes) + 10);
  }),
  closed('a byte flipped in the metadata of an event', (copy) => {
    const placeOf = copy.placeOf('metadata', copy.middle);
    copy.flip(copy.log, (bytes) => placeOf(bytes) + 3);
  }),
  closed('a byte flipped in the index of streams', (copy) => {
    const at = copy.pageOf('events_of_stream') + FolderCopy.pageBytes - 3;
    copy.flip(copy.log, () => at);
  }),
  closed('a byte flipped in the table of streams', (copy) => {
    const row = copy.ask(`SELECT name || category FROM streams WHERE name = '${streamOf(copy, copy.middle)}'`);
    copy.flip(copy.log, (bytes) => bytes.indexOf(row) + 2);
  }),
  closed('a byte flipped in the header of the log', (copy) => copy.flip(copy.log, () => 3)),
  closed('a byte flipped in the size of pages', (copy) => copy.flip(copy.log, () => 16)),
  closed('a byte flipped in the shape', (copy) => copy.flip(copy.log, () => 63)),
  closed('a page of zeros', (copy) => {
    const placeOf = copy.placeOf('data', copy.middle);
    copy.change(copy.log, (bytes) => bytes.fill(0, ...FolderCopy.pageAround(placeOf(bytes))));
  }),
  closed('a log that was cut to a half', (copy) => halve(copy.log)),
  closed('a log that lacks its last page', (copy) => shorten(copy.log, FolderCopy.pageBytes)),
  closed('a log that is empty', (copy) => truncateSync(copy.log, 0)),
  closed('a log that is gone', (copy) => rmSync(copy.log)),
  closed('an older backup', (copy, { earlier }) => copyFileSync(`${earlier}/backup`, copy.log)),
  closed('an older backup, where only the views know more', (copy, { earlier }) => {
    copyFileSync(`${earlier}/backup`, copy.log);
    rmSync(copy.head);
  }),
  closed('an older backup, where only log.head knows more', (copy, { earlier }) => {
    copyFileSync(`${earlier}/backup`, copy.log);
    rmSync(copy.views);
  }),
];

const EVENTS: readonly Damage[] = [
  closed('an event deleted', (copy) => copy.sql(`DELETE FROM events WHERE position = ${copy.middle}`)),
  closed('the last event deleted', (copy) => copy.sql(`DELETE FROM events WHERE position = ${lastOf(copy)}`)),
  closed('the last event deleted together with what tells of it', (copy) => {
    const [last, stream] = [lastOf(copy), streamOf(copy, lastOf(copy))];
    copy.sql(
      `DELETE FROM events WHERE position = ${last}`,
      `UPDATE streams SET head = head - 1 WHERE name = '${stream}'`,
      'DELETE FROM streams WHERE head < 0',
    );
  }),
  closed('the data of an event changed', (copy) => copy.sql(`UPDATE events SET data = '{"note":"other"}' WHERE position = ${copy.middle}`)),
  closed('the time of an event changed', (copy) =>
    copy.sql(`UPDATE events SET at = '2026-03-01T08:00:00.001Z' WHERE position = ${copy.middle}`),
  ),
  closed('an event without its proof', (copy) => copy.sql(`UPDATE events SET proof = NULL WHERE position = ${lastOf(copy)}`)),
  closed('two events swapped', (copy) => {
    const { middle } = copy;
    copy.sql(
      `UPDATE events SET position = -1 WHERE position = ${middle}`,
      `UPDATE events SET position = ${middle} WHERE position = ${middle + 1}`,
      `UPDATE events SET position = ${middle + 1} WHERE position = -1`,
    );
  }),
  closed('two events swapped, each with the proof of its place', (copy) => {
    const { middle } = copy;
    const pair = `position IN (${middle}, ${middle + 1})`;
    copy.sql(
      `CREATE TEMP TABLE kept AS SELECT position, data, event_id FROM events WHERE ${pair}`,
      `UPDATE events SET (data, event_id) =
         (SELECT data, event_id FROM kept WHERE kept.position = ${2 * middle + 1} - events.position) WHERE ${pair}`,
    );
  }),
  closed('an event given to another stream', (copy) => {
    const { middle } = copy;
    const other = streamOf(copy, middle + 1);
    copy.sql(
      `UPDATE events SET (stream, revision) = (SELECT id, head + 1 FROM streams WHERE name = '${other}') WHERE position = ${middle}`,
    );
  }),
];

const NAMES: readonly Damage[] = [
  closed('a stream renamed', (copy) =>
    copy.sql(`UPDATE streams SET name = category || '-x' WHERE name = '${streamOf(copy, copy.middle)}'`),
  ),
  closed('a stream put into another category', (copy) =>
    copy.sql(`UPDATE streams SET category = 'other' WHERE name = '${streamOf(copy, copy.middle)}'`),
  ),
  closed('a stream gone', (copy) => copy.sql(`DELETE FROM streams WHERE name = '${streamOf(copy, copy.middle)}'`)),
  closed('a log called otherwise', (copy) => copy.sql("UPDATE meta SET value = 'aaaaaaaaaaaa' WHERE key = 'incarnation'")),
];

const VAULT: readonly Damage[] = [
  closed('a key of the vault changed', (copy) => copy.sql(`UPDATE vault SET key = zeroblob(32) WHERE ${referenceIn(copy)}`)),
  closed('a contact of the vault changed', (copy) => copy.sql(`UPDATE vault SET contact = zeroblob(60) WHERE ${referenceIn(copy)}`)),
  closed('a row of the vault gone', (copy) => copy.sql(`DELETE FROM vault WHERE ${referenceIn(copy)}`)),
  closed('a row of the vault under another reference', (copy) =>
    copy.sql(`UPDATE vault SET reference = '3D7K2F9QXM7' WHERE ${referenceIn(copy)}`),
  ),
  closed('an erasure undone', (copy) =>
    copy.sql('UPDATE vault SET erased = 0, key = zeroblob(32) WHERE reference = (SELECT min(reference) FROM vault WHERE erased = 1)'),
  ),
];

const VIEWS: readonly Damage[] = [
  closed('a byte flipped in the header of the views', (copy) => copy.flip(copy.views, () => 3)),
  closed('views that were cut to a half', (copy) => halve(copy.views)),
  closed('a document changed', (copy) => {
    const table = copy.documents;
    copy.viewsSql(`UPDATE "${table}" SET body = body || ' ' WHERE id = (SELECT min(id) FROM "${table}" WHERE body IS NOT NULL)`);
  }),
  closed('a message changed', (copy) =>
    copy.viewsSql("UPDATE messages SET event = event || ' ' WHERE seq = (SELECT max(seq) FROM messages)"),
  ),
  closed('a checkpoint moved back', (copy) =>
    copy.viewsSql(
      "UPDATE checkpoints SET position = substr(position, 1, length(position) - 1) || 'x' WHERE name = (SELECT min(name) FROM checkpoints)",
    ),
  ),
  closed('an offset moved', (copy) => copy.viewsSql('UPDATE offsets SET seq = seq + 1')),
];

/** Every kind of damage that a start or `onedoor doctor` names. */
export const DAMAGES: readonly Damage[] = [...WRITE_AHEAD_LOG, ...FILE, ...EVENTS, ...NAMES, ...VAULT, ...VIEWS];
