import fc from 'fast-check';
import { openMemory, type MemoryData } from '@onedoor/adapters';
import type { PublicEvent } from '@onedoor/contracts';
import { hashCollection, type LogPorts, type RecordedEvent } from '@onedoor/engine';
import { DAY_MS, HOUR_MS, instantOf, MINUTE_MS, msOf } from '@onedoor/kernel';
import { AlarmLog, HastyClock, shortAnswers } from '@onedoor/testkit';
import { breachedIn, departmentIn, hear, monday, tellings, ZONE, type Life } from '../../test/analytics.fixtures.js';
import type { Leaf } from './leaf.js';
import { FiguresWriter } from './figures-writer.service.js';
import { CONTRIBUTIONS, LEAVES } from './collections.js';

const LIVE = { contributions: CONTRIBUTIONS, leaves: LEAVES };
const { signal } = new AbortController();

/** Of one log, in the read models of another place where one is given. */
const writerOver = (
  { store, readModels }: Pick<LogPorts, 'store'> & Pick<MemoryData, 'readModels'>,
  into: Pick<MemoryData, 'readModels'> = { readModels },
): FiguresWriter => new FiguresWriter(LIVE, { store, clock: new HastyClock(monday), alarm: new AlarmLog().alarm }, into.readModels);

// What can happen to a few cases over a few months, with every department and outcome that makes a difference.

const instants = fc.integer({ min: 0, max: 100 * 24 }).map((hour) => instantOf(msOf(monday) + hour * HOUR_MS + 1_234_567));
const rounds = fc.record({
  departments: fc.array(fc.constantFrom('works', 'parks', null), { maxLength: 3 }),
  due: fc.array(instants, { maxLength: 2 }),
  isBreached: fc.boolean(),
  breachedWith: fc.constantFrom('first', 'last'),
  excused: fc.constantFrom('before its end' as const, 'after its end' as const, null),
  end: fc.option(
    fc.record({ afterMs: fc.integer({ min: 0, max: 40 * DAY_MS }), outcome: fc.constantFrom('fixed', 'duplicate', 'invalid', 'declined') }),
    { freq: 4 },
  ),
});
const lives = fc
  .array(fc.record({ service: fc.constantFrom('pothole', 'tree'), submittedAt: instants, rounds: fc.array(rounds, { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((drafts) =>
    drafts.map((draft, index): Life => {
      const open = draft.rounds.findIndex(({ end }) => end === null);
      const kept = open < 0 ? draft.rounds : draft.rounds.slice(0, open + 1);
      let time = msOf(draft.submittedAt);
      const told = kept.map(({ end, ...round }) => ({
        ...round,
        end: end && { at: instantOf((time += end.afterMs)), outcome: end.outcome },
      }));
      return { reference: `case${index}`, service: draft.service, submittedAt: draft.submittedAt, rounds: told };
    }),
  );

/** One order in which it may arrive: each source of each case in its own order, and now and then something once more. */
function delivered(all: readonly Life[], choices: readonly number[]): readonly PublicEvent[] {
  const queues = all.flatMap((life) => Object.values(tellings(life))).map((events) => ({ events, next: 0 }));
  const heard: PublicEvent[] = [];
  for (let step = 0; ; step++) {
    const waiting = queues.filter(({ events, next }) => next < events.length);
    const choice = choices[step % choices.length] ?? 0;
    const queue = waiting[choice % waiting.length];
    if (queue === undefined) return heard;
    const [event, again] = [queue.events[queue.next++], queue.events[Math.floor(choice / 7) % queue.next]];
    if (event !== undefined) heard.push(event);
    if (again !== undefined && choice % 5 === 4) heard.push(again);
  }
}

async function pagesOf(data: MemoryData, pageSize: number): Promise<readonly (readonly RecordedEvent[])[]> {
  const pages: (readonly RecordedEvent[])[] = [];
  for await (const next of data.store.subscribe({ after: null, categories: ['fact'], pageSize, signal: new AbortController().signal })) {
    if (next.kind === 'caught-up') return pages;
    pages.push(next.events);
  }
  return pages;
}

async function leavesOf(data: MemoryData): Promise<readonly Leaf[]> {
  const leaves: Leaf[] = [];
  for await (const page of data.readModels.scan(LEAVES)) leaves.push(...page.map(({ body }) => body as unknown as Leaf));
  return leaves;
}

const hashOf = async (data: MemoryData): Promise<readonly string[]> =>
  Promise.all([CONTRIBUTIONS, LEAVES].map(async (one) => (await hashCollection(data.readModels, one)).hash));

/** Counted straight from the stories, case by case, for one service, department and period. */
function counted(
  all: readonly Life[],
  { period, service, department }: Pick<Leaf, 'period' | 'service' | 'department'>,
): Record<string, unknown> {
  const isIn = (at: string): boolean => localDay(at).startsWith(period);
  const count = { opened: 0, withoutAgreement: 0, closed: 0, due: 0, met: 0, missed: 0, excused: 0, void: 0 };
  const minutes: number[] = [];
  for (const life of all) {
    if (life.service !== service) continue;
    const last = life.rounds.at(-1);
    if (departmentIn(life, life.rounds.length) === department) {
      if (isIn(life.submittedAt)) count.opened += 1;
      if (isIn(life.submittedAt) && life.rounds.every(({ due }) => due.length === 0)) count.withoutAgreement += 1;
      if (last?.end && isIn(last.end.at)) {
        count.closed += 1;
        if (!isVoid(last)) minutes.push(Math.floor((Date.parse(last.end.at) - Date.parse(life.submittedAt)) / MINUTE_MS));
      }
    }
    life.rounds.forEach((round, index) => {
      const { due, end, isBreached, excused } = round;
      const dueAt = due.at(-1);
      const whose = isBreached ? breachedIn(life, index + 1) : departmentIn(life, index + 1);
      if (dueAt === undefined || !isIn(dueAt) || whose !== department) return;
      count.due += 1;
      if (isVoid(round)) count.void += 1;
      else if (isBreached) {
        count.missed += 1;
        if (excused === 'before its end' || (excused !== null && end)) count.excused += 1;
      } else if (end) count.met += 1;
    });
  }
  return { ...count, minutes: minutes.sort((one, other) => one - other) };
}

/** A promise that was broken stays so, whatever its round ends as. */
const isVoid = ({ due, end, isBreached }: Life['rounds'][number]): boolean =>
  end !== null && !(isBreached && due.length > 0) && ['duplicate', 'invalid', 'referred', 'withdrawn'].includes(end.outcome);

const CALENDAR = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, dateStyle: 'short' });

const localDay = (at: string): string => CALENDAR.format(new Date(at));

const asCounted = ({
  opened,
  withoutAgreement,
  closed,
  due,
  met,
  missed,
  excused,
  void: voided,
  durations,
}: Leaf): Record<string, unknown> => ({
  opened,
  withoutAgreement,
  closed,
  due,
  met,
  missed,
  excused,
  void: voided,
  minutes: durations.flatMap(([minutes, cases]) => Array<number>(cases).fill(minutes)),
});

const DELIVERIES = [lives, fc.array(fc.nat(1_000), { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 12 })] as const;

describe('figures', () => {
  it('are what a count of the stories gives, in any order and pages in which these arrive, however often', async () => {
    await fc.assert(
      fc.asyncProperty(...DELIVERIES, async (all, choices, pageSize) => {
        const data = openMemory();
        await hear(data.store, delivered(all, choices));
        const writer = writerOver(data);
        for (const page of await pagesOf(data, pageSize)) await writer.write(page, signal);
        const leaves = await leavesOf(data);
        for (const leaf of leaves) {
          const expected = counted(all, leaf);
          expect({ ...leaf, ...asCounted(leaf) }).toMatchObject(leaf.level === 'year' ? { ...expected, minutes: [] } : expected);
        }
        const days = leaves.filter(({ level }) => level === 'day');
        expect(days.reduce((sum, { opened }) => sum + opened, 0)).toBe(all.length);
        expect(days.reduce((sum, { closed }) => sum + closed, 0)).toBe(all.filter(({ rounds: told }) => told.at(-1)?.end).length);
        expect(days.reduce((sum, { due }) => sum + due, 0)).toBe(
          all.flatMap(({ rounds: told }) => told).filter(({ due }) => due.length > 0).length,
        );
        expect(days.every(({ opened, closed, due }) => opened + closed + due > 0)).toBe(true);
      }),
    );
  });

  it('are the same documents from any pages, and however often a worker begins again before it', async () => {
    await fc.assert(
      fc.asyncProperty(...DELIVERIES, async (all, choices, pageSize) => {
        const [log, other] = [openMemory(), openMemory()];
        await hear(log.store, delivered(all, choices));
        const whole = writerOver(log);
        for (const page of await pagesOf(log, 1_000)) await whole.write(page, signal);

        const pages = await pagesOf(log, pageSize);
        for (const [index, page] of pages.entries()) {
          // A new worker knows nothing of the one before it, which may have gone further than its checkpoint says.
          await writerOver(log, other).write(page, signal);
          if (index % 3 === 2) await writerOver(log, other).write(pages[index - 1] ?? [], signal);
        }
        expect(await hashOf(other)).toEqual(await hashOf(log));
      }),
    );
  });

  it('are the same over a log that answers too little, for every reader that begins in the middle', async () => {
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(...DELIVERIES, shares, async (all, choices, pageSize, reads) => {
        const [log, other] = [openMemory(), openMemory()];
        await hear(log.store, delivered(all, choices));
        for (const page of await pagesOf(log, 1_000)) await writerOver(log).write(page, signal);
        const store = shortAnswers(log.store, { reads });
        for (const page of await pagesOf(log, pageSize)) await writerOver({ store, readModels: other.readModels }).write(page, signal);
        expect(await hashOf(other)).toEqual(await hashOf(log));
      }),
    );
  });
});
