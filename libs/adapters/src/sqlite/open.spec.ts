import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewEvent } from '@onedoor/engine';
import { openSqlite } from './open.js';

const event = (id: string): NewEvent => ({
  id,
  type: 'Noted',
  v: 1,
  at: '2026-01-01T00:00:00.000Z',
  recordedAt: '2026-01-01T00:00:00.000Z',
  data: { text: id },
  metadata: { actor: { role: 'system', id: 'test' }, commandId: id, correlationId: id, jurisdiction: 'city' },
});

describe('a data folder', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'onedoor-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what was written after it was closed and opened again', async () => {
    const first = await openSqlite(folder);
    const appended = await first.store.append('note-1', 'no-stream', [event('a'), event('b')]);
    expect(appended).toEqual({ outcome: 'appended', revision: 1, position: `${first.incarnation}:0000000000000002` });
    expect(await first.checkpoints.advance('worker', null, `${first.incarnation}:0000000000000002`)).toBe(true);
    const collection = { name: 'notes', version: 1, indexes: [['text']] };
    await first.readModels.apply(collection, [{ id: 'n', position: 'p', body: { text: 'a' } }]);
    await first.close();

    const second = await openSqlite(folder);
    expect((await second.store.read('note-1', 0, 10)).map(({ id, revision }) => [id, revision])).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
    expect(await second.checkpoints.load('worker')).toBe(`${first.incarnation}:0000000000000002`);
    expect(await second.readModels.find(collection, { where: { text: 'a' }, limit: 10 })).toHaveLength(1);
    await second.close();
  });
});
