import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const PAGE_BYTES = 4_096;
/** The header of a write-ahead log, and of each of its frames, which holds one page. */
const WAL = { header: 32, frame: 24 + PAGE_BYTES };
/** Enough of an event's text to find it in the file, and short enough to stand on one page. */
const TELLING_CHARACTERS = 60;

/** A copy of an embedded data folder, which is to be damaged by its bytes or by its rows. No process has it open. */
export class FolderCopy {
  constructor(readonly folder: string) {}

  get log(): string {
    return `${this.folder}/log.db`;
  }

  get writeAheadLog(): string {
    return `${this.folder}/log.db-wal`;
  }

  get head(): string {
    return `${this.folder}/log.head`;
  }

  get views(): string {
    return `${this.folder}/views.db`;
  }

  /** A table of the views with documents. */
  get documents(): string {
    const database = new DatabaseSync(this.views, { readOnly: true });
    try {
      const tables = database.prepare("SELECT name FROM sqlite_master WHERE name LIKE 'docs\\_%' ESCAPE '\\' ORDER BY name").all();
      const filled = tables.find(({ name }) => database.prepare(`SELECT 1 FROM "${String(name)}" WHERE body IS NOT NULL`).get());
      if (filled === undefined) throw new Error(`${this.views} has no documents`);
      return String(filled['name']);
    } finally {
      database.close();
    }
  }

  /** Changes a file as bytes. */
  change(path: string, alter: (bytes: Buffer) => void): void {
    const bytes = readFileSync(path);
    alter(bytes);
    writeFileSync(path, bytes);
  }

  /** Flips one bit of the byte at an index. */
  flip(path: string, at: (bytes: Buffer) => number): void {
    this.change(path, (bytes) => {
      const index = at(bytes);
      const byte = bytes[index];
      if (byte === undefined) throw new Error(`${path} has no byte ${index}`);
      bytes[index] = byte ^ 0x04;
    });
  }

  /** Changes rows of the log. What was to be changed must be there. */
  sql(...statements: readonly string[]): void {
    this.#change(this.log, statements);
  }

  /** Changes rows of the views. */
  viewsSql(...statements: readonly string[]): void {
    this.#change(this.views, statements);
  }

  #change(path: string, statements: readonly string[]): void {
    const database = new DatabaseSync(path);
    try {
      const changed = statements.map((statement) => Number(database.prepare(statement).run().changes));
      if (changed.every((rows) => rows === 0)) throw new Error(`No row of ${path} was changed by ${statements.join('; ')}`);
    } finally {
      database.close();
    }
  }

  /** The one value that a question about the log is answered with. */
  ask(question: string): string {
    const database = new DatabaseSync(this.log, { readOnly: true });
    try {
      const value = Object.values(database.prepare(question).get() ?? {})[0];
      if (value === undefined || value === null) throw new Error(`${this.log} does not answer ${question}`);
      return String(value);
    } finally {
      database.close();
    }
  }

  /** The position of an event in the middle of the log whose successor belongs to another stream. */
  get middle(): number {
    const half = Math.ceil(Number(this.ask('SELECT max(position) FROM events')) / 2);
    return Number(
      this.ask(
        `SELECT one.position FROM events one JOIN events next ON next.position = one.position + 1
         WHERE one.stream <> next.stream AND one.position >= ${half} ORDER BY one.position LIMIT 1`,
      ),
    );
  }

  /** The index in the bytes of the log at which a column of an event stands. */
  placeOf(column: 'data' | 'metadata', position: number): (bytes: Buffer) => number {
    const text = this.ask(`SELECT substr(${column}, 1, ${TELLING_CHARACTERS}) FROM events WHERE position = ${position}`);
    return (bytes) => bytes.indexOf(text);
  }

  /** The first byte of the page at which a table or an index begins. */
  pageOf(name: string): number {
    return (Number(this.ask(`SELECT rootpage FROM sqlite_master WHERE name = '${name}'`)) - 1) * PAGE_BYTES;
  }

  /** The first byte of the page on which the byte at an index stands, and the first behind it. */
  static pageAround(index: number): readonly [from: number, to: number] {
    const from = Math.floor(index / PAGE_BYTES) * PAGE_BYTES;
    return [from, from + PAGE_BYTES];
  }

  static readonly pageBytes = PAGE_BYTES;
}

/** A byte within the frame of a write-ahead log that stands at a share of the file, from 0 to just below 1. */
export const inFrameAt =
  (share: number) =>
  (bytes: Buffer): number =>
    WAL.header + Math.floor(((bytes.length - WAL.header) / WAL.frame) * share) * WAL.frame + 100;
