import { openSqlite, systemEntropy } from '@onedoor/adapters';
import { Executor, Ticker, deterministicId, type Clock, type ReadModels } from '@onedoor/engine';
import { DAY_MS, instantOf } from '@onedoor/kernel';
import { CASE, DUE_LIST, dueItems, type CaseCommand } from '@onedoor/routing';
import { startClock, type Calendar } from '@onedoor/sla';
import { measurement, percentile, type Measurement } from '../measurement.js';
import { withTemporaryFolder } from '../temporary-folder.js';

const DUE = 10;
const FEW = 10_000;
const MANY = 1_000_000;
const TICKS = 60;
const PUTS = 2_000;
const NOW_MS = Date.UTC(2026, 5, 1);

const ALWAYS: Calendar = {
  id: 'always',
  version: 1,
  zone: 'UTC',
  weeklyHours: { 1: [{ from: '00:00', to: '24:00' }] },
  holidays: [],
  skipHolidays: false,
  businessDays: { cutOff: null, nextStart: null, dueWithinHours: false },
};

/** One tick with ten due cases, each breached by a durable append, among a million open cases. Floor: among ten thousand. */
export async function ticker(): Promise<readonly Measurement[]> {
  const few = await withTemporaryFolder((folder) => tickMs(folder, FEW));
  const many = await withTemporaryFolder((folder) => tickMs(folder, MANY));
  return [measurement('ticker', 'ms for 10 due among 1M open against among 10k', many, few, { atMost: 1.5 })];
}

async function tickMs(folder: string, open: number): Promise<number> {
  const data = await openSqlite(folder);
  const executor = new Executor(data.store, 'bench');
  for (let first = 0; first < open; first += PUTS) {
    const puts = Array.from({ length: Math.min(PUTS, open - first) }, (_none, index) =>
      put(`open-${first + index}`, NOW_MS + (1 + ((first + index) % 300)) * DAY_MS),
    );
    await data.readModels.apply(DUE_LIST.collection, puts);
  }
  const samples: number[] = [];
  for (let tick = 0; tick < TICKS; tick++) {
    const due = Array.from({ length: DUE }, () => `due-${systemEntropy.hex(8)}`);
    for (const id of due) await execute(executor, id, openCase(NOW_MS - DAY_MS));
    await data.readModels.apply(
      DUE_LIST.collection,
      due.map((id) => put(id, NOW_MS - DAY_MS / 2)),
    );
    const ticking = tickerOver(data.readModels, (id) => execute(executor, id, { type: 'AssessClocks', at: instantOf(NOW_MS) }));
    const started = performance.now();
    const assessed = await ticking.tick(new AbortController().signal);
    samples.push(performance.now() - started);
    if (assessed !== DUE) throw new Error(`The ticker assessed ${assessed} of ${DUE}`);
    await data.readModels.apply(
      DUE_LIST.collection,
      due.map((id) => ({ id, position: '2', body: null })),
    );
  }
  await data.close();
  return percentile(samples, 0.5);
}

function tickerOver(readModels: ReadModels, assess: (id: string) => Promise<void>): Ticker {
  const clock: Clock = { now: () => instantOf(NOW_MS), wait: async () => undefined };
  return new Ticker({
    due: (now, after, limit) => dueItems(readModels, now, after, limit),
    assess: ({ id }) => assess(id),
    clock,
    alarm: (message) => {
      throw new Error(message);
    },
  });
}

async function execute(executor: Executor, id: string, command: CaseCommand): Promise<void> {
  const answer = await executor.execute(CASE, id, command, {
    commandId: deterministicId('bench', id, command.type),
    actor: { role: 'system', id: 'bench' },
    correlationId: id,
    recordedAt: command.at,
  });
  if (answer.outcome === 'rejected') throw new Error(answer.detail);
}

function openCase(atMs: number): CaseCommand {
  const at = instantOf(atMs);
  const clock = startClock({
    milestone: 'resolve',
    startedAt: at,
    target: { amount: 12, unit: 'elapsed_hours' },
    calendar: ALWAYS,
    warnings: [],
  });
  const placement = {
    department: 'streets',
    because: 'rules',
    rulesVersion: 1,
    terms: { agreementVersion: 1, clock, milestones: [] },
  } as const;
  return { type: 'OpenCase', at, service: 'pothole', visibility: 'public', reported: null, placement };
}

function put(
  reference: string,
  nextMs: number,
): { readonly id: string; readonly position: string; readonly body: Record<string, unknown> } {
  const nextAt = instantOf(nextMs);
  return {
    id: reference,
    position: '1',
    body: { reference, nextAt, runsSince: instantOf(NOW_MS - DAY_MS), dueAt: nextAt, warnings: [], warned: [] },
  };
}
