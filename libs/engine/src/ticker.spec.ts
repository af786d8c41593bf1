import { instantOf, msOf, type Instant } from '@onedoor/kernel';
import { AlarmLog, ManualClock } from '@onedoor/testkit';
import { noon } from '../test/tally.js';
import { Ticker, type DueItem } from './ticker.js';

const after = (seconds: number): Instant => instantOf(msOf(noon) + seconds * 1_000);
const item = (id: string, dueAt: Instant = noon): DueItem => ({ id, dueAt });
const { signal } = new AbortController();

/** A due list as the view returns it: ordered by (dueAt, id), after a cursor, up to now. */
class DueList {
  readonly assessed: string[] = [];
  readonly pages: number[] = [];
  failing = new Set<string>();

  constructor(public items: readonly DueItem[]) {}

  readonly due = async (now: Instant, behind: DueItem | null, limit: number): Promise<readonly DueItem[]> => {
    const key = ({ dueAt, id }: DueItem): string => `${dueAt} ${id}`;
    const page = [...this.items]
      .filter(({ dueAt }) => dueAt <= now)
      .sort((one, other) => (key(one) < key(other) ? -1 : 1))
      .filter((one) => behind === null || key(one) > key(behind))
      .slice(0, limit);
    this.pages.push(page.length);
    return page;
  };

  readonly assess = async ({ id }: DueItem): Promise<void> => {
    if (this.failing.has(id)) throw new Error(`${id} cannot be assessed`);
    this.assessed.push(id);
    this.items = this.items.filter((one) => one.id !== id);
  };
}

function tickerOver(list: DueList) {
  const clock = new ManualClock(noon);
  const alarms = new AlarmLog();
  return { clock, alarms, ticker: new Ticker({ due: list.due, assess: list.assess, clock, alarm: alarms.alarm }) };
}

describe('a tick', () => {
  it('does nothing when nothing is due', async () => {
    const list = new DueList([item('later', after(1))]);
    const { ticker } = tickerOver(list);
    expect(await ticker.tick(signal)).toBe(0);
    expect(list.assessed).toEqual([]);
  });

  it('assesses entries due by now, that instant included, in order', async () => {
    const list = new DueList([item('b'), item('c', after(-5)), item('a'), item('d', after(0.001))]);
    const { ticker } = tickerOver(list);
    expect(await ticker.tick(signal)).toBe(3);
    expect(list.assessed).toEqual(['c', 'a', 'b']);
  });

  it('assesses each item once, page by page, though the list shrinks meanwhile', async () => {
    const list = new DueList(Array.from({ length: 450 }, (_, index) => item(String(index).padStart(3, '0'))));
    const { ticker } = tickerOver(list);
    expect(await ticker.tick(signal)).toBe(450);
    expect(new Set(list.assessed).size).toBe(450);
    expect(list.pages).toEqual([200, 200, 50]);
  });

  it('continues with the next page after items that stay in the list', async () => {
    const list = new DueList(Array.from({ length: 250 }, (_, index) => item(String(index).padStart(3, '0'))));
    list.failing = new Set(list.items.slice(0, 200).map(({ id }) => id));
    const { ticker } = tickerOver(list);
    expect(await ticker.tick(signal)).toBe(50);
  });

  it('stops between pages when the signal fires', async () => {
    const stop = new AbortController();
    const list = new DueList(Array.from({ length: 450 }, (_, index) => item(String(index).padStart(3, '0'))));
    const { ticker } = tickerOver(list);
    const due = list.due;
    const stopping = new Ticker({ ...ticker['options'], due: async (...args) => (stop.abort(), due(...args)) });
    expect(await stopping.tick(stop.signal)).toBe(200);
  });
});

describe('an item that fails', () => {
  it('blocks no other item', async () => {
    const list = new DueList([item('a'), item('b'), item('c')]);
    list.failing.add('b');
    const { ticker, alarms } = tickerOver(list);
    expect(await ticker.tick(signal)).toBe(2);
    expect(list.assessed).toEqual(['a', 'c']);
    expect(alarms.entries).toMatchObject([{ message: 'due item failed', details: { id: 'b', dueAt: noon, backOffMs: 1_000 } }]);
  });

  it('is skipped for a growing time', async () => {
    const list = new DueList([item('b')]);
    list.failing.add('b');
    const { ticker, clock, alarms } = tickerOver(list);
    const tickAt: number[] = [];
    for (let second = 0; second < 16; second++) {
      const before = alarms.entries.length;
      await ticker.tick(signal);
      if (alarms.entries.length > before) tickAt.push(second);
      clock.advance(1_000);
    }
    expect(tickAt).toEqual([0, 1, 3, 7, 15]);
  });

  it('is skipped for five minutes at most', async () => {
    const list = new DueList([item('b')]);
    list.failing.add('b');
    const { ticker, clock, alarms } = tickerOver(list);
    for (let times = 0; times < 12; times++) {
      await ticker.tick(signal);
      clock.advance(300_000);
    }
    expect(alarms.entries.map(({ details }) => details['backOffMs'])).toEqual(
      [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300].map((seconds) => seconds * 1_000),
    );
  });

  it('is skipped although ten thousand others failed before it', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => item(`many-${index}`));
    const assess = async (): Promise<void> => Promise.reject(new Error('It cannot be assessed'));
    const { ticker, clock, alarms } = tickerOver(new DueList([]));
    let start = 0;
    let items: readonly DueItem[] = many;
    const overwhelmed = new Ticker({
      ...ticker['options'],
      assess,
      due: async (_now, behind, limit) => items.slice((start = behind === null ? 0 : start + limit), start + limit),
    });
    await overwhelmed.tick(signal);
    items = [item('late')];
    const lateAt: number[] = [];
    for (let second = 0; second < 8; second++) {
      const before = alarms.entries.length;
      await overwhelmed.tick(signal);
      if (alarms.entries.length > before) lateAt.push(second);
      clock.advance(1_000);
    }
    expect(lateAt).toEqual([0, 1, 3, 7]);
  });

  it('is assessed once it no longer fails, and starts again from the first back-off', async () => {
    const list = new DueList([item('b')]);
    list.failing.add('b');
    const { ticker, clock, alarms } = tickerOver(list);
    await ticker.tick(signal);
    list.failing.clear();
    clock.advance(1_000);
    expect(await ticker.tick(signal)).toBe(1);
    list.items = [item('b', after(1))];
    list.failing.add('b');
    await ticker.tick(signal);
    expect(alarms.entries.map(({ details }) => details['backOffMs'])).toEqual([1_000, 1_000]);
  });
});

it('a running ticker reads the due list every second until it is stopped', async () => {
  const stop = new AbortController();
  const list = new DueList([item('now'), item('soon', after(2))]);
  const { ticker, clock } = tickerOver(list);
  const running = ticker.run({ signal: stop.signal });
  expect(await clock.passNextWait()).toBe(1_000);
  expect(list.assessed).toEqual(['now']);
  await clock.passNextWait();
  await clock.untilWaitedFor();
  expect(list.assessed).toEqual(['now', 'soon']);
  stop.abort();
  await running;
});
