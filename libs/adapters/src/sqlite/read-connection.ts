import { Unavailable } from '@onedoor/engine';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';

/** Prepared statements that are cached; queries have few shapes, so only a mistake reaches this bound. */
const STATEMENTS_MAX = 500;

/** Sqlite's code for an invalid statement. */
const SQLITE_ERROR = 1;

export type Row = readonly SQLOutputValue[];

/**
 * A connection that only reads, on the main thread. Each statement is stepped to its end at once: no read transaction
 * outlives a call, so the next one sees everything that was committed.
 */
export class ReadConnection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(readonly path: string) {
    try {
      this.#database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
      this.#database.exec('PRAGMA cache_size = -32000; PRAGMA query_only = ON');
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** The rows as arrays, in the order of the columns. */
  rows(sql: string, ...parameters: SQLInputValue[]): readonly Row[] {
    try {
      return this.#statement(sql).all(...parameters) as unknown as readonly Row[];
    } catch (error) {
      throw this.#explain(error);
    }
  }

  row(sql: string, ...parameters: SQLInputValue[]): Row | null {
    return this.rows(sql, ...parameters)[0] ?? null;
  }

  /** Runs several statements on one state of the file. `read` must not wait. */
  snapshot<Result>(read: () => Result): Result {
    this.#database.exec('BEGIN');
    try {
      return read();
    } finally {
      this.#database.exec('COMMIT');
    }
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  /** A file that cannot be read is unavailable; an invalid statement is a bug and stays what it is. */
  #explain(error: unknown): Error {
    const { message, errcode } = error as Error & { errcode?: number };
    return errcode === SQLITE_ERROR ? (error as Error) : new Unavailable(`Cannot read ${this.path}: ${message}`, { cause: error });
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    if (this.#statements.size >= STATEMENTS_MAX) this.#statements.clear();
    const statement = this.#database.prepare(sql);
    statement.setReturnArrays(true);
    this.#statements.set(sql, statement);
    return statement;
  }
}
