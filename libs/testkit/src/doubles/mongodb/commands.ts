import { CommandFailure } from './command-failure.js';
import { type BatchLimits, Cursors } from './cursors.js';
import { Databases, indexDefinitionOf } from './databases.js';
import { type Document, valueAt, withValueAt } from './document.js';
import { conditionsOf, matches } from './filter.js';
import type { Sort } from './plan.js';
import { findAndModify, insert, remove, update } from './write-commands.js';

type Handler = (command: Document, database: string) => Document;

interface Find {
  readonly find: string;
  readonly filter?: Document;
  readonly sort?: Sort;
  readonly skip?: number;
  readonly limit?: number;
  readonly batchSize?: number;
  readonly singleBatch?: boolean;
  readonly projection?: Readonly<Record<string, unknown>>;
}

const GET_MORE_BATCH = 1_000;

/** Handlers by the command's name in lower case. Any other command is refused as unknown, as by a server. */
export class Commands {
  readonly #databases = new Databases();
  readonly #cursors: Cursors;
  readonly #handlers: ReadonlyMap<string, Handler>;

  /** @param hello the answer to the handshake. */
  constructor(hello: () => Document, limits: BatchLimits) {
    this.#cursors = new Cursors(limits);
    const databases = this.#databases;
    const handlers: Record<string, Handler> = {
      hello,
      ismaster: () => ({ ...hello(), ismaster: hello()['isWritablePrimary'] }),
      ping: () => ({}),
      buildinfo: () => ({ version: '7.0.0', versionArray: [7, 0, 0, 0], gitVersion: 'double' }),
      endsessions: () => ({}),
      killcursors: (command) => this.#killCursors(command),
      find: (command, database) => this.#find(command as unknown as Find, database),
      count: (command, database) => ({
        n: databases.find(database, String(command['count']))?.find(conditionsOf((command['query'] ?? {}) as Document)).length ?? 0,
      }),
      getmore: (command) => this.#cursors.next(Number(command['getMore']), Number(command['batchSize'] ?? GET_MORE_BATCH)),
      insert: (command, database) => insert(databases, database, command),
      update: (command, database) => update(databases, database, command),
      delete: (command, database) => remove(databases, database, command),
      findandmodify: (command, database) => findAndModify(databases, database, command),
      create: (command, database) => nothing(databases.create(database, String(command['create']))),
      createindexes: (command, database) => this.#createIndexes(command, database),
      listindexes: (command, database) => this.#listIndexes(command, database),
      dropindexes: (command, database) =>
        nothing(databases.existing(database, String(command['dropIndexes'])).dropIndexes(String(command['index']))),
      listcollections: (command, database) => this.#listCollections(command, database),
      drop: (command, database) => nothing(databases.drop(database, String(command['drop']))),
      dropdatabase: (_command, database) => nothing(databases.dropDatabase(database)),
    };
    this.#handlers = new Map(Object.entries(handlers));
  }

  answer(command: Document): Document {
    const name = Object.keys(command)[0] ?? '';
    const handler = this.#handlers.get(name.toLowerCase());
    try {
      if (!handler) throw new CommandFailure(59, 'CommandNotFound', `no such command: '${name}'`);
      return { ...handler(command, String(command['$db'] ?? 'admin')), ok: 1 };
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.details };
    }
  }

  #find(command: Find, database: string): Document {
    const { find: name, filter = {}, sort = {}, skip = 0, limit = 0, batchSize, singleBatch, projection = {} } = command;
    const found = this.#databases.find(database, name)?.find(conditionsOf(filter), { sort, skip, limit }) ?? [];
    return this.#cursors.first(`${database}.${name}`, projected(found, projection), batchSize, singleBatch);
  }

  #killCursors(command: Document): Document {
    const ids = (command['cursors'] as readonly unknown[]).map(Number);
    this.#cursors.kill(ids);
    return { cursorsKilled: command['cursors'] };
  }

  #createIndexes(command: Document, database: string): Document {
    const collection = this.#databases.collection(database, String(command['createIndexes']));
    const numIndexesBefore = collection.indexes().length;
    for (const definition of command['indexes'] as readonly Document[]) collection.createIndex(indexDefinitionOf(definition));
    return { numIndexesBefore, numIndexesAfter: collection.indexes().length };
  }

  #listIndexes(command: Document, database: string): Document {
    const collection = this.#databases.existing(database, String(command['listIndexes']));
    return this.#cursors.first(collection.namespace, collection.indexes() as unknown as readonly Document[]);
  }

  #listCollections(command: Document, database: string): Document {
    const conditions = conditionsOf((command['filter'] ?? {}) as Document);
    const listed = this.#databases.names(database).map((name) => ({ name, type: 'collection' }));
    return this.#cursors.first(
      `${database}.$cmd.listCollections`,
      listed.filter((one) => matches(one, conditions)),
    );
  }
}

/** The answer to a command that returns nothing. */
const nothing = (_done: void): Document => ({});

/** Supports inclusive projections only. */
function projected(documents: readonly Document[], projection: Readonly<Record<string, unknown>>): readonly Document[] {
  const wanted = Object.entries(projection).filter(([path]) => path !== '_id');
  if (wanted.some(([, isWanted]) => !isWanted))
    throw new CommandFailure(2, 'BadValue', 'this double projects by the fields that are wanted');
  if (Object.keys(projection).length === 0) return documents;
  return documents.map((document) => {
    const base: Document = projection['_id'] === 0 ? {} : { _id: document['_id'] };
    return wanted.reduce((next, [path]) => withValueAt(next, path, valueAt(document, path)), base);
  });
}
