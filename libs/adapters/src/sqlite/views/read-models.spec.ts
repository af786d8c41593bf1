import type { Collection, Query } from '@onedoor/engine';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { openSqlite, type SqliteData } from '../open.js';
import { ReadConnection, type Row } from '../read-connection.js';
import { temporaryFolder } from '../../../test/temporary-folder.js';
import { SqliteReadModels } from './read-models.js';

const CASES: Collection = { name: 'cases', version: 1, indexes: [['department', 'isLate', 'dueAt'], ['dueAt']] };

/** Records the statements that it runs. */
class RecordingConnection extends ReadConnection {
  readonly asked: string[] = [];

  override rows(sql: string, ...parameters: SQLInputValue[]): readonly Row[] {
    if (sql.includes('docs_')) this.asked.push(sql);
    return super.rows(sql, ...parameters);
  }
}

describe('read models in views.db', () => {
  let folder: string;
  let remove: () => void;
  let data: SqliteData;
  beforeEach(async () => {
    ({ folder, remove } = temporaryFolder());
    data = await openSqlite(folder);
  });
  afterEach(async () => {
    await data.close();
    remove();
  });

  const where = { department: 'parks', isLate: true };
  const sort = { field: 'dueAt' };
  const after = { value: 'a', id: 'x' };
  const both = '<expr>=? AND <expr>=?';
  const limit = 5;

  it.each<[string, Query, readonly string[]]>([
    [
      'equality, range and sort',
      { where: { ...where, dueAt: { from: 'a', to: 'b' } }, sort, limit },
      [`${both} AND <expr>>? AND <expr><?`],
    ],
    ['equality and sort downwards', { where, sort: { ...sort, descending: true }, limit }, [both]],
    ['a page after another', { where, sort, after, limit }, [`${both} AND <expr>=? AND id>?`, `${both} AND <expr>>?`]],
    ['a page before another', { sort: { ...sort, descending: true }, after, limit }, ['<expr>=? AND id<?', '<expr><?']],
    ['one of several', { where: { department: { in: ['parks', 'roads'] } }, limit }, ['<expr>=?']],
  ])('uses an index for %s', async (_, query, conditions) => {
    await data.readModels.apply(CASES, []);
    const connection = new RecordingConnection(`${folder}/views.db`);
    await new SqliteReadModels(connection, null).find(CASES, query);
    const database = new DatabaseSync(`${folder}/views.db`, { readOnly: true });
    const used: string[] = [];
    for (const sql of connection.asked) {
      const plan = database
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => String(detail));
      used.push(String(/^SEARCH docs_cases USING INDEX \S+ \((.*)\)$/.exec(plan[0] ?? '')?.[1]));
      if (query.sort) expect(plan.join()).not.toContain('TEMP B-TREE');
    }
    expect(used).toEqual(conditions);
    database.close();
    connection.close();
  });

  it('finds a document by its body, even when that was edited by hand', async () => {
    await data.readModels.apply(CASES, [{ id: 'a', position: 'p', body: { department: 'parks', dueAt: '1' } }]);
    const database = new DatabaseSync(`${folder}/views.db`);
    database.exec(`UPDATE docs_cases SET body = json_set(body, '$.department', 'roads')`);
    database.close();
    expect(await data.readModels.find(CASES, { where: { department: 'parks' }, limit: 5 })).toEqual([]);
    expect(await data.readModels.find(CASES, { where: { department: 'roads' }, limit: 5 })).toHaveLength(1);
  });

  it('takes indexes that were added later without building the documents anew', async () => {
    await data.readModels.apply(CASES, [{ id: 'a', position: 'p', body: { department: 'parks', priority: 2 } }]);
    const more: Collection = { ...CASES, indexes: [['priority']] };
    await data.readModels.apply(more, []);
    expect(await data.readModels.find(more, { where: { priority: 2 }, limit: 5 })).toHaveLength(1);
    const database = new DatabaseSync(`${folder}/views.db`, { readOnly: true });
    const indexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'docs_cases' AND sql IS NOT NULL";
    expect(database.prepare(indexes).all()).toHaveLength(1);
    database.close();
  });
});
