import type { BusMessage } from '@onedoor/engine';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite, type SqliteData } from '../open.js';
import { temporaryFolder } from '../../../test/temporary-folder.js';

const MESSAGES = 14_000;
const KEPT = 10_000;

describe('the bus in views.db', () => {
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
  const publish = () =>
    data.bus.publish(
      Array.from({ length: MESSAGES }, (_, index): BusMessage => ({ topic: 'city', event: { id: String(index) } as BusMessage['event'] })),
    );
  const drain = async (group: string): Promise<readonly string[]> => {
    const ids: string[] = [];
    const handler = async (page: readonly BusMessage[]) => void ids.push(...page.map(({ event }) => event.id));
    await data.bus.consume({ topics: ['city'], group, signal: new AbortController().signal, untilCaughtUp: true, handler });
    return ids;
  };
  const kept = (): number => {
    const database = new DatabaseSync(`${folder}/views.db`, { readOnly: true });
    const { count } = database.prepare('SELECT count(*) AS count FROM messages').get() as { count: number };
    database.close();
    return count;
  };

  it('lets old messages go once every group has passed them, and keeps the last ones for a new group', async () => {
    await drain('slow');
    await publish();
    expect(await drain('fast')).toHaveLength(MESSAGES);
    expect(kept()).toBe(MESSAGES);
    expect(await drain('slow')).toHaveLength(MESSAGES);
    expect(kept()).toBeLessThan(KEPT + 1_000);
    expect(kept()).toBeGreaterThanOrEqual(KEPT);
    const late = await drain('new');
    expect(late).toHaveLength(kept());
    expect(late.at(-1)).toBe(String(MESSAGES - 1));
  });

  it('holds nothing for a group that is forgotten', async () => {
    await drain('gone');
    await publish();
    await data.bus.forget('gone');
    await drain('fast');
    expect(kept()).toBeLessThan(KEPT + 1_000);
  });

  it('refuses a second handler for a group and topic', async () => {
    const stop = new AbortController();
    const consuming = data.bus.consume({ topics: ['city'], group: 'g', signal: stop.signal, handler: async () => undefined });
    await expect(drain('g')).rejects.toThrow('Broken guarantee');
    stop.abort();
    await consuming;
    expect(await drain('g')).toEqual([]);
  });
});
