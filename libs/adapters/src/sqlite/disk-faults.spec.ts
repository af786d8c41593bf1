import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { AlarmLog, sampleEvent, sampleEvents, smallDisk, until } from '@onedoor/testkit';
import { startChild } from '../../test/child.js';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { DiskHealth } from './disk-health.js';
import { LOG_PRAGMAS } from './files.js';
import { inspectSqlite } from './inspect.js';
import type { AppendAsk, LogJobs, LogOpened } from './log/log-jobs.js';
import { openSqlite, type SqliteData } from './open.js';
import { Writer } from './writer/writer.js';

const DISK_BYTES = 12 * 1024 * 1024;
const FILE_BYTES = 512 * 1024;
const LARGE = 'x'.repeat(200_000);

const disk = smallDisk(DISK_BYTES);
const hasLimits = (() => {
  try {
    execFileSync('prlimit', ['--fsize=unlimited', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

(disk === null ? describe.skip : describe)('a data folder on a disk that is full', () => {
  const place = disk ?? { folder: '', fill: () => undefined, makeRoom: () => undefined, unmount: () => undefined };
  const folder = `${place.folder}/data`;
  let data: SqliteData;
  const alarms = new AlarmLog();
  const answered: string[] = [];
  afterAll(() => place.unmount());

  /** Appends one event a stream until one is refused; what was answered is kept. */
  async function appendUntilRefused(text: string): Promise<unknown> {
    for (let index = 0; index < 1_000; index++) {
      const id = `${answered.length}`;
      try {
        await data.store.append(`note-${id}`, 'no-stream', [sampleEvent(id, { text })]);
      } catch (error) {
        return error;
      }
      answered.push(id);
    }
    throw new Error('Nothing was refused');
  }

  const standing = async (): Promise<number> => {
    const found = await Promise.all(answered.map((id) => data.store.read(`note-${id}`, 0, 10)));
    return found.filter((events) => events.length === 1).length;
  };

  it('refuses what is written, tells once, and goes on reading', async () => {
    data = await openSqlite(folder, { alarm: alarms.alarm });
    await data.store.append('note-first', 'no-stream', [sampleEvent('first')]);
    place.fill();
    expect(await appendUntilRefused(LARGE)).toMatchObject({ name: 'Unavailable', message: expect.stringMatching(/can not be written/) });
    expect(await appendUntilRefused(LARGE)).toMatchObject({ name: 'Unavailable' });
    expect(alarms.messages).toEqual(['the disk takes no writes']);
    expect(data.dependencies.map((each) => [each.name, each.holdsUpRequests, each.outage()?.reason])).toEqual([
      ['disk', false, expect.stringMatching(/full|I\/O/)],
    ]);
    expect(await data.store.read('note-first', 0, 10)).toHaveLength(1);
    expect(await standing()).toBe(answered.length);
  });

  it('starts all the same, by the room of its reserve, and has what was answered', async () => {
    await data.close();
    expect(existsSync(`${folder}/reserve`)).toBe(true);
    place.fill();
    data = await openSqlite(folder, { alarm: alarms.alarm });
    expect(existsSync(`${folder}/reserve`)).toBe(false);
    expect(await data.store.read('note-first', 0, 10)).toHaveLength(1);
    expect(await standing()).toBe(answered.length);
    expect(await appendUntilRefused(LARGE)).toMatchObject({ name: 'Unavailable' });
  });

  it('heals by itself once there is room, and keeps its reserve again', async () => {
    place.makeRoom();
    await until(() => data.dependencies.every((each) => each.outage() === null));
    expect(alarms.messages.slice(-2)).toEqual(['the disk takes no writes', 'the disk takes writes again']);
    await data.store.append('note-last', 'no-stream', sampleEvents('last', 3));
    expect(await data.store.read('note-last', 0, 10)).toHaveLength(3);
    expect(existsSync(`${folder}/reserve`)).toBe(true);
    const before = await standing();
    await data.close();
    expect(inspectSqlite(folder)).toMatchObject({ damage: [], losses: [], log: { integrity: ['ok'] } });
    data = await openSqlite(folder);
    expect([before, await standing()]).toEqual([answered.length, answered.length]);
    await data.close();
  });
});

(hasLimits ? describe : describe.skip)('a data folder whose writes fail', () => {
  it('refuses them, goes on reading, takes them again by itself, and loses nothing that was answered', async () => {
    const { folder, remove } = temporaryFolder();
    const child = startChild('./append-until-killed.mjs', [folder], ['prlimit', `--fsize=${FILE_BYTES}:unlimited`]);
    const lines: string[] = [];
    const untilLine = async (isIt: (line: string) => boolean): Promise<string> => {
      for (;;) {
        lines.push(await child.nextLine());
        if (isIt(lines.at(-1) ?? '')) return lines.at(-1) ?? '';
      }
    };
    expect(await untilLine((line) => line.startsWith('refused'))).toBe('refused Unavailable 1');
    execFileSync('prlimit', ['--pid', `${child.pid}`, '--fsize=unlimited']);
    await untilLine((line) => !line.startsWith('refused'));
    for (let index = 0; index < 50; index++) await untilLine((line) => !line.startsWith('refused'));
    child.kill();
    lines.push(...(await child.rest()));
    const answered = Map.groupBy(
      lines.filter((line) => !line.startsWith('refused')),
      (id) => `note-${id.split('.')[0]}`,
    );
    expect(inspectSqlite(folder)).toMatchObject({ damage: [], losses: [] });
    const { store, close } = await openSqlite(folder);
    for (const [stream, ids] of answered) {
      const found = (await store.read(stream, 0, 100_000)).map(({ id }) => id);
      expect(found.slice(0, ids.length)).toEqual(ids);
    }
    await close();
    remove();
  });
});

describe('a transaction that the file has no room for', () => {
  it('leaves nothing half written, and those that fit go on', async () => {
    const { folder, remove } = temporaryFolder();
    const start = {
      path: `${folder}/log.db`,
      pragmas: { ...LOG_PRAGMAS, max_page_count: 40 },
      handlerUrl: new URL('./log/log-transaction.ts', import.meta.url).href,
      options: { headPath: `${folder}/log.head`, at: '2026-03-01T08:00:00.000Z', isPutBack: false },
    };
    const { writer } = await Writer.open<LogJobs, LogOpened>(start, { refused: () => undefined, written: () => true });
    const append = (stream: string, texts: readonly string[]) => {
      const events = texts.map((text, index) => [`${stream}.${index}`, 'Noted', 1, '', '', JSON.stringify(text), '{}'] as const);
      const ask: AppendAsk = { stream, category: 'note', expected: -1, events };
      return writer.ask('append', ask, 0, (answer) => answer);
    };
    expect(await append('note-1', ['small'])).toMatchObject({ place: 1 });
    await expect(append('note-2', ['small', LARGE])).rejects.toMatchObject({ name: 'Unavailable', message: expect.stringMatching(/full/) });
    expect(await append('note-2', ['other', 'small'])).toMatchObject({ outcome: 'appended', revision: 1, place: 3 });
    await writer.ask('key', { reference: '3D7K2F9QXM4', candidate: new Uint8Array(32) }, 0, () => undefined);
    await writer.close();
    expect(inspectSqlite(folder)).toMatchObject({ events: 3, streams: 2, damage: [], losses: [], log: { integrity: ['ok'] } });
    remove();
  });
});

describe('the health of a disk', () => {
  it('is told by two alarms an outage, however often it takes one write and not the next', () => {
    const alarms = new AlarmLog();
    let nowMs = 1_000_000;
    let healed = 0;
    const health = new DiskHealth(
      alarms.alarm,
      () => (healed += 1),
      () => nowMs,
    );
    for (let index = 0; index < 10; index++) {
      health.refused('log.db', 'database or disk is full');
      nowMs += 1_000;
      expect(health.written('log.db')).toBe(false);
    }
    expect([alarms.messages, healed, health.outage()?.since]).toEqual([['the disk takes no writes'], 0, '1970-01-01T00:16:40.000Z']);
    health.refused('views.db', 'database or disk is full');
    nowMs += 5_000;
    expect([health.written('log.db'), health.outage() === null]).toEqual([true, false]);
    expect([health.written('views.db'), health.outage()]).toEqual([true, null]);
    expect([alarms.messages, healed]).toEqual([['the disk takes no writes', 'the disk takes writes again'], 1]);
  });
});
