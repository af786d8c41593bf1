import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findSubmitted } from '@onedoor/intake';
import { CommandGateway } from '@onedoor/platform';
import { CASE_COMMANDS, CASE_OVERVIEW, DUE_LIST } from '@onedoor/routing';
import { AlarmLog } from '@onedoor/testkit';
import { importRecords } from '../src/import/import-records.js';
import { startProduct } from '../src/open-data.js';
import { cityInMemory, sourceOf } from './city-on-doubles.js';
import { lineOf, madeUpRows, writeRecords, type MadeUpRow } from './made-up-records.js';

/** Of the ports in memory. */
const NOW = '2026-03-02T12:00:00.000Z';
const OPEN = { status: 'Open', closed: '', reason: ' ' } as const;

describe('the instant of an import', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-until-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  /** Holes, with five calendar days to repair them. */
  const [hole] = madeUpRows(1) as [MadeUpRow];
  const row = (id: string, draft: Partial<MadeUpRow>): string => lineOf({ ...hole, id, ...draft });
  const file = writeRecords(join(folder, 'records.csv'), [
    row('1', { open: '2026-03-01 09:00:00', ...OPEN }),
    row('2', { open: '2026-02-20 09:00:00', ...OPEN }),
    row('3', { open: '2026-02-20 09:00:00', closed: '2026-03-04 09:00:00' }),
    row('4', { open: '2026-03-02 07:00:01', ...OPEN }),
    row('5', { open: '2026-02-25 07:00:00', ...OPEN }),
  ]);

  it('is where clocks end: what is due later runs, and resolving it now is on time', async () => {
    const alarms = new AlarmLog();
    const open = cityInMemory(alarms.alarm);
    const { store, readModels } = open.ports;
    const { report, summary } = await importRecords(open, await sourceOf(file), () => undefined);
    expect(report.document()).toMatchObject({
      rows: 5,
      imported: 4,
      rejected: [{ line: 5, reason: `open_dt is after ${NOW}, the instant of the import` }],
      notes: [{ line: 4, note: `closed_dt is after ${NOW}, the instant of the import: taken as open` }],
      until: NOW,
    });
    // The fifth is due at the very instant of the import, which is broken by then; and nothing is recorded later.
    expect(summary).toMatchObject({ requests: { open: 4, closed: 0 }, promises: 4, breached: 3 });
    for await (const next of store.subscribe({ after: null, pageSize: 1_000, signal: new AbortController().signal })) {
      if (next.kind === 'caught-up') break;
      for (const { at, recordedAt } of next.events) expect([at <= NOW, recordedAt <= NOW]).toEqual([true, true]);
    }
    const reference = String(
      await findSubmitted(store, 'America/New_York', { caller: 'boston-311', key: '1', at: '2026-03-01T14:00:00.000Z' }),
    );
    const [shown] = await readModels.get(CASE_OVERVIEW.collection, [reference]);
    expect(shown?.body).toMatchObject({ status: 'queued', isOpen: true, breachedAt: null, dueAt: '2026-03-06T14:00:00.000Z' });
    expect(await readModels.get(DUE_LIST.collection, [reference])).toHaveLength(1);
    const app = await startProduct(open, { open311Keys: [] });
    const sent = await app
      .get(CommandGateway)
      .sendNow(CASE_COMMANDS, reference, 'resolve', { outcome: 'fixed', note: null }, { actor: { role: 'staff', id: 'desk' } });
    await app.close();
    expect(sent).toMatchObject({ outcome: 'done', events: expect.arrayContaining([expect.objectContaining({ type: 'CaseResolved' })]) });
    expect(sent.outcome === 'done' && sent.events.at(-1)?.data).toMatchObject({ onTime: true });

    // The export knows nothing of that work: it is left alone, and reported where it says otherwise.
    const again = await importRecords(open, await sourceOf(file), () => undefined);
    expect(again.report.document()).toMatchObject({ imported: 0, updated: 0, skipped: 4, until: NOW });
    const otherwise = writeRecords(join(folder, 'otherwise.csv'), [
      row('1', { open: '2026-03-01 09:00:00', closed: '2026-03-02 06:00:00' }),
    ]);
    expect((await importRecords(open, await sourceOf(otherwise), () => undefined)).report.document()).toMatchObject({
      updated: 0,
      rejected: [{ line: 2, reason: expect.stringMatching(/^the case was worked on here, and is not changed by an import: closed /) }],
    });
    expect(alarms.entries).toEqual([]);
  });

  it('is kept by later runs of the same import, and moves on with another one', async () => {
    const open = cityInMemory(new AlarmLog().alarm);
    const clock = open.ports.clock as unknown as { advance(ms: number): void };
    const source = await sourceOf(file);
    const first = await importRecords(open, source, () => undefined);
    clock.advance(10 * 86_400_000);
    const second = await importRecords(open, source, () => undefined);
    expect([second.summary, second.report.document().until]).toEqual([first.summary, NOW]);
    const asked = await importRecords(open, { ...source, until: '2026-03-12T12:00:00.000Z' }, () => undefined);
    expect(asked.summary).toMatchObject({ requests: { open: 4, closed: 1 }, promises: 5, breached: 5 });
    expect(asked.report.document()).toMatchObject({ imported: 1, updated: 1, skipped: 3, rejected: [], notes: [] });
  });
});
