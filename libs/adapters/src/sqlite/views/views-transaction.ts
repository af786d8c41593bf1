import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Handler } from '../writer/protocol.js';
import { checkpointCrc, documentCrc, messageCrc, offsetCrc } from './view-rows.js';
import type { ApplyAsk, CollectionShape, VersionAnswer, ViewsJobs, ViewsOpened, ViewsOptions } from './views-jobs.js';

/** Shape 1 has no checksums. */
const SHAPE = 2;
/** Messages that stay although every group has passed them, so that a group that is registered soon after gets them. */
const MESSAGES_KEPT = 10_000;
/** Messages between two trims: each removes about as many in one go. */
const MESSAGES_PER_TRIM = 1_000;

const TABLES = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS collections (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, indexes TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS checkpoints (name TEXT PRIMARY KEY, position TEXT NOT NULL, crc INTEGER) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS messages (seq INTEGER PRIMARY KEY, topic TEXT NOT NULL, event TEXT NOT NULL, crc INTEGER) STRICT;
  CREATE TABLE IF NOT EXISTS offsets (
    "group" TEXT NOT NULL, topic TEXT NOT NULL, seq INTEGER NOT NULL, crc INTEGER, PRIMARY KEY ("group", topic)) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${SHAPE};`;

interface StandingCollection {
  readonly id: number;
  readonly version: number;
  readonly indexes: string;
  readonly put: StatementSync;
}

/** Runs in the writer's thread, inside its transaction. */
export function prepare(database: DatabaseSync, options: ViewsOptions): Handler<ViewsJobs> & { readonly opened: ViewsOpened } {
  openFor(database, options);
  const collections = new Map<string, StandingCollection>();
  const number = (sql: string): number => Number(Object.values(database.prepare(sql).get() ?? {})[0] ?? 0);
  let tail = 0;
  let trimmedThrough = 0;
  const recall = (): void => {
    collections.clear();
    tail = number('SELECT max(seq) FROM messages');
    trimmedThrough = number('SELECT min(seq) FROM messages') - 1;
  };
  recall();

  const findCollection = database.prepare('SELECT id, version, indexes FROM collections WHERE name = ?');
  const addCollection = database.prepare('INSERT INTO collections (name, version, indexes) VALUES (?, ?, ?)');
  const setIndexes = database.prepare('UPDATE collections SET indexes = ? WHERE id = ?');
  const addMessage = database.prepare('INSERT INTO messages VALUES (?, ?, ?, ?)');
  const join = database.prepare('INSERT INTO offsets VALUES (?, ?, 0, ?) ON CONFLICT DO NOTHING');
  const offsetOf = database.prepare('SELECT seq FROM offsets WHERE "group" = ? AND topic = ?');
  const moveOffset = database.prepare('UPDATE offsets SET seq = ?1, crc = ?4 WHERE "group" = ?2 AND topic = ?3 AND seq < ?1');
  const slowestOffset = database.prepare('SELECT min(seq) AS seq FROM offsets');
  const forget = database.prepare('DELETE FROM offsets WHERE "group" = ?');
  const trim = database.prepare('DELETE FROM messages WHERE seq <= ?');
  const checkpoint = database.prepare('SELECT position FROM checkpoints WHERE name = ?');
  const setCheckpoint = database.prepare(
    'INSERT INTO checkpoints VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET position = excluded.position, crc = excluded.crc',
  );
  const keepWitness = database.prepare(
    "INSERT INTO meta VALUES ('witness', ?) ON CONFLICT DO UPDATE SET value = excluded.value WHERE excluded.value > value",
  );
  const probe = database.prepare("UPDATE meta SET value = value WHERE key = 'incarnation'");
  const forgetCheckpoint = database.prepare('DELETE FROM checkpoints WHERE name = ?');

  /** The collection as it is, made when there is none, with the declared indexes when only they changed. */
  function standing(shape: CollectionShape): StandingCollection {
    const known = collections.get(shape.name);
    const indexes = JSON.stringify(shape.indexes);
    if (known && (known.version !== shape.version || known.indexes === indexes)) return known;
    const row = findCollection.get(shape.name) as { id: number; version: number; indexes: string } | undefined;
    const table = tableOf(shape.name);
    const version = row?.version ?? shape.version;
    if (!row)
      database.exec(`CREATE TABLE ${table} (id TEXT PRIMARY KEY, position TEXT NOT NULL, body TEXT, crc INTEGER) STRICT, WITHOUT ROWID`);
    const id = row?.id ?? Number(addCollection.run(shape.name, shape.version, '[]').lastInsertRowid);
    if (version === shape.version && row?.indexes !== indexes) {
      replaceIndexes(shape, id, (JSON.parse(row?.indexes ?? '[]') as string[]).length);
      setIndexes.run(indexes, id);
    }
    const put = database.prepare(
      `INSERT INTO ${table} VALUES (?, ?, ?, ?) ON CONFLICT (id)
       DO UPDATE SET position = excluded.position, body = excluded.body, crc = excluded.crc WHERE ? > position`,
    );
    const found = { id, version, indexes: version === shape.version ? indexes : (row?.indexes ?? '[]'), put };
    collections.set(shape.name, found);
    return found;
  }

  /** An index carries the collection's number, because its table takes another name when it is promoted. */
  function replaceIndexes(shape: CollectionShape, id: number, former: number): void {
    for (let index = 0; index < former; index++) database.exec(`DROP INDEX index_${id}_${index}`);
    shape.indexes.forEach((expressions, index) =>
      database.exec(`CREATE INDEX index_${id}_${index} ON ${tableOf(shape.name)} (${expressions}, id) WHERE body IS NOT NULL`),
    );
  }

  function apply(ask: ApplyAsk): VersionAnswer {
    const { version, put } = standing(ask.collection);
    if (version !== ask.collection.version) return version;
    for (const [doc, position, body, place] of ask.puts) put.run(doc, position, body, documentCrc(doc, position, body), place);
    return null;
  }

  function promote({ staged, live }: { staged: CollectionShape; live: CollectionShape }): VersionAnswer {
    const { version } = standing(staged);
    if (version !== live.version) return version;
    database.exec(`DROP TABLE IF EXISTS ${tableOf(live.name)}`);
    database.prepare('DELETE FROM collections WHERE name = ?').run(live.name);
    database.exec(`ALTER TABLE ${tableOf(staged.name)} RENAME TO ${tableOf(live.name)}`);
    database.prepare('UPDATE collections SET name = ? WHERE name = ?').run(live.name, staged.name);
    collections.delete(staged.name);
    collections.delete(live.name);
    return null;
  }

  function trimMessages(): void {
    const through = Math.min(Number(slowestOffset.get()?.seq ?? 0), tail - MESSAGES_KEPT);
    if (through - trimmedThrough < MESSAGES_PER_TRIM) return;
    trim.run(through);
    trimmedThrough = through;
  }

  return {
    opened: { tail },
    jobs: {
      apply,
      promote,
      publish: (messages) => {
        for (const [topic, event] of messages) addMessage.run(++tail, topic, event, messageCrc(topic, event));
        return tail;
      },
      join: ({ group, topics }) =>
        topics.map((topic) => {
          join.run(group, topic, offsetCrc(group, topic, 0));
          return Number(offsetOf.get(group, topic)?.seq);
        }),
      pass: ({ group, topics, place }) => {
        for (const topic of topics) moveOffset.run(place, group, topic, offsetCrc(group, topic, place));
        trimMessages();
        return null;
      },
      forget: (group) => {
        forget.run(group);
        return null;
      },
      advance: ({ name, from, to, witness }) => {
        const found = (checkpoint.get(name)?.position as string | undefined) ?? null;
        if (found !== from) return false;
        if (to === null) forgetCheckpoint.run(name);
        else setCheckpoint.run(name, to, checkpointCrc(name, to));
        if (witness !== null) keepWitness.run(witness);
        return true;
      },
      probe: () => probe.run(),
    },
    rolledBack: recall,
  };
}

/** Readable in the file itself; the name was checked to hold no quote. */
const tableOf = (name: string): string => `"docs_${name}"`;

/** Views of another log, of a later state of a log that was restored, or of another shape are invalid: they are made anew. */
function openFor(database: DatabaseSync, options: ViewsOptions): void {
  const shape = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (shape === SHAPE && options.belong) return;
  if (shape === 1 && options.belong) return addChecksums(database);
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'").all();
  database.exec('BEGIN IMMEDIATE');
  for (const { name } of tables) database.exec(`DROP TABLE "${String(name)}"`);
  database.exec(TABLES);
  database.prepare("INSERT INTO meta VALUES ('incarnation', ?)").run(options.incarnation);
  database.exec('COMMIT');
}

/** What is there has none until it is written again. */
function addChecksums(database: DatabaseSync): void {
  const collections = database.prepare('SELECT name FROM collections').all();
  database.exec('BEGIN IMMEDIATE');
  for (const table of ['checkpoints', 'messages', 'offsets', ...collections.map(({ name }) => tableOf(String(name)))])
    database.exec(`ALTER TABLE ${table} ADD COLUMN crc INTEGER`);
  database.exec(`PRAGMA user_version = ${SHAPE}; COMMIT`);
}
