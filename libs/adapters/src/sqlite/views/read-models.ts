import {
  type Collection,
  type DocumentBody,
  placeIn,
  type Put,
  type Query,
  type ReadModels,
  type StoredDocument,
  Unavailable,
} from '@onedoor/engine';
import { checkPromotion, checkQuery, checkVersion } from '../../shared/preconditions.js';
import type { ReadConnection, Row } from '../read-connection.js';
import type { Writer } from '../writer/writer.js';
import { conditionsOf, fieldSql, shapeOf, sqlValueOf, tableSql } from './collection-sql.js';
import type { ViewsJobs } from './views-jobs.js';

/** Documents of one page of a scan. */
const SCAN_PAGE = 500;
/** About the characters of a put besides its body. */
const PUT_CHARACTERS = 100;

const COLUMNS = 'id, position, body';

/** Read models in `views.db`, one table a collection. */
export class SqliteReadModels implements ReadModels {
  constructor(
    private readonly connection: ReadConnection | null,
    private readonly writer: Writer<ViewsJobs> | null,
  ) {}

  async get(collection: Collection, ids: readonly string[]): Promise<readonly StoredDocument[]> {
    const [first, ...others] = ids;
    if (first === undefined) return [];
    const select = `SELECT ${COLUMNS} FROM ${tableSql(collection.name)} WHERE body IS NOT NULL AND`;
    if (others.length === 0) return this.#documents(collection, `${select} id = ?`, first);
    return this.#documents(collection, `${select} id IN (SELECT value FROM json_each(?))`, JSON.stringify(ids));
  }

  async standing(collection: Collection, ids: readonly string[]): Promise<readonly Put[]> {
    const select = `SELECT ${COLUMNS} FROM ${tableSql(collection.name)} WHERE id IN (SELECT value FROM json_each(?))`;
    return ids.length === 0 ? [] : this.#rows(collection, select, JSON.stringify(ids)).map(putOf);
  }

  async find(collection: Collection, query: Query): Promise<readonly StoredDocument[]> {
    checkQuery(collection, query);
    const { sql, values } = conditionsOf(query);
    const select = `SELECT ${COLUMNS} FROM ${tableSql(collection.name)} WHERE ${sql}`;
    const skip = query.skip ?? 0;
    const direction = query.sort?.descending ? 'DESC' : 'ASC';
    const beyond = query.sort?.descending ? '<' : '>';
    const order = query.sort ? `ORDER BY ${fieldSql(query.sort.field)} ${direction}, id ${direction}` : 'ORDER BY id';
    if (!query.after) return this.#documents(collection, `${select} ${order} LIMIT ? OFFSET ?`, ...values, query.limit, skip);
    const { id, value } = query.after;
    if (!query.sort) return this.#documents(collection, `${select} AND id > ? ${order} LIMIT ? OFFSET ?`, ...values, id, query.limit, skip);
    // A row value would not use an index on an expression, hence two queries: the rest of the tie, and the values beyond it.
    const field = fieldSql(query.sort.field);
    const bound = sqlValueOf(value);
    const wanted = query.limit + skip;
    const page = this.connection?.snapshot(() => {
      const tie = this.#documents(
        collection,
        `${select} AND ${field} = ? AND id ${beyond} ? ORDER BY id ${direction} LIMIT ?`,
        ...values,
        bound,
        id,
        wanted,
      );
      const rest = this.#documents(
        collection,
        `${select} AND ${field} ${beyond} ? ${order} LIMIT ?`,
        ...values,
        bound,
        wanted - tie.length,
      );
      return [...tie, ...rest].slice(skip);
    });
    return page ?? [];
  }

  async apply(collection: Collection, puts: readonly Put[]): Promise<void> {
    const rows = puts.map(
      ({ id, position, body }) => [id, position, body === null ? null : JSON.stringify(body), placeIn(position)] as const,
    );
    const characters = rows.reduce((sum, [, , body]) => sum + PUT_CHARACTERS + (body?.length ?? 0), 0);
    await this.#writer().ask('apply', { collection: shapeOf(collection), puts: rows }, characters, (answer) =>
      checkVersion(collection.name, collection.version, answer ?? collection.version),
    );
  }

  async *scan(collection: Collection): AsyncIterable<readonly StoredDocument[]> {
    const sql = `SELECT ${COLUMNS} FROM ${tableSql(collection.name)} WHERE id > ? AND body IS NOT NULL ORDER BY id LIMIT ${SCAN_PAGE}`;
    for (let last: string | undefined = ''; last !== undefined;) {
      const page: readonly StoredDocument[] = this.#documents(collection, sql, last);
      if (page.length > 0) yield page;
      last = page.at(-1)?.id;
    }
  }

  async servedVersion(name: string): Promise<number | null> {
    return (this.connection?.row('SELECT version FROM collections WHERE name = ?', name)?.[0] as number | undefined) ?? null;
  }

  async promote(staged: Collection, live: Collection): Promise<void> {
    checkPromotion(staged, live);
    const ask = { staged: shapeOf(staged), live: shapeOf(live) };
    await this.#writer().ask('promote', ask, 0, (answer) => checkVersion(staged.name, live.version, answer ?? live.version));
  }

  #documents(collection: Collection, sql: string, ...values: Parameters<ReadConnection['row']>[1][]): readonly StoredDocument[] {
    return this.#rows(collection, sql, ...values).map(documentOf);
  }

  #rows(collection: Collection, sql: string, ...values: Parameters<ReadConnection['row']>[1][]): readonly Row[] {
    const { name } = shapeOf(collection);
    const isThere = this.connection?.row('SELECT 1 FROM collections WHERE name = ?', name);
    return isThere && this.connection ? this.connection.rows(sql, ...values) : [];
  }

  #writer(): Writer<ViewsJobs> {
    if (!this.writer) throw new Unavailable('The views are open for reading only');
    return this.writer;
  }
}

function documentOf(row: Row): StoredDocument {
  return { id: row[0] as string, position: row[1] as string, body: JSON.parse(row[2] as string) as DocumentBody };
}

const putOf = (row: Row): Put => (row[2] === null ? { id: row[0] as string, position: row[1] as string, body: null } : documentOf(row));
