import type { DatabaseSync } from 'node:sqlite';
import { checkpointCrc, documentCrc, isWhole, messageCrc, offsetCrc } from '../views/view-rows.js';

/** Rows that are read at once: beside a process that writes, no read holds the file for long. */
const PAGE_ROWS = 10_000;

type Row = readonly (string | number | null)[];

/** A table: its rows behind a key in pages, the checksum last, and what the checksum of a row must be. */
interface Checked {
  readonly table: string;
  readonly sql: string;
  readonly first: string | number;
  crcOf(row: Row): number;
}

/** Rows of the views that are not as they were written, by table. Those of views that a release before wrote pass. */
export function viewsDamage(views: DatabaseSync): readonly string[] {
  const hasCrc = views.prepare("SELECT 1 FROM pragma_table_info('checkpoints') WHERE name = 'crc'").get() !== undefined;
  if (!hasCrc) return [];
  return tablesOf(views).flatMap((each) => {
    const altered = alteredIn(views, each);
    return altered === 0 ? [] : [`${altered} rows of ${each.table} are not as they were written`];
  });
}

function tablesOf(views: DatabaseSync): readonly Checked[] {
  const collections = views.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'docs\\_%' ESCAPE '\\'").all();
  const documents = collections.map(({ name }): Checked => ({
    table: String(name),
    sql: `SELECT id, position, body, crc FROM "${String(name)}" WHERE id > ? ORDER BY id`,
    first: '',
    crcOf: ([id, position, body]) => documentCrc(String(id), String(position), body === null ? null : String(body)),
  }));
  return [
    ...documents,
    {
      table: 'messages',
      sql: 'SELECT seq, topic, event, crc FROM messages WHERE seq > ? ORDER BY seq',
      first: 0,
      crcOf: ([, topic, event]) => messageCrc(String(topic), String(event)),
    },
    {
      table: 'checkpoints',
      sql: 'SELECT name, position, crc FROM checkpoints WHERE name > ? ORDER BY name',
      first: '',
      crcOf: ([name, position]) => checkpointCrc(String(name), String(position)),
    },
    {
      table: 'offsets',
      sql: `SELECT "group" || char(10) || topic AS key, "group", topic, seq, crc FROM offsets WHERE key > ? ORDER BY key`,
      first: '',
      crcOf: ([, group, topic, seq]) => offsetCrc(String(group), String(topic), Number(seq)),
    },
  ];
}

function alteredIn(views: DatabaseSync, { sql, first, crcOf }: Checked): number {
  const page = views.prepare(`${sql} LIMIT ${PAGE_ROWS}`);
  page.setReturnArrays(true);
  let altered = 0;
  let last = first;
  for (;;) {
    const rows = page.all(last) as unknown as readonly Row[];
    for (const row of rows) if (!isWhole(row.at(-1) ?? null, crcOf(row))) altered += 1;
    if (rows.length < PAGE_ROWS) return altered;
    last = rows.at(-1)?.[0] ?? first;
  }
}
