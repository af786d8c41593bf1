import { openMemory, type MemoryData } from '@onedoor/adapters';
import { AlarmLog, HastyClock, shortAnswers, toRecord, type Shares } from '@onedoor/testkit';
import { findReference } from '../src/find-reference.js';
import { summarize } from '../src/log-summary.js';
import { inspectViews } from '../src/inspect-views.js';
import type { ReadData } from '../src/open-data.js';

const REFERENCE = '9AN03NQK8NE';
const AT = '2026-03-02T14:00:00.000Z';

let data: MemoryData;

beforeEach(async () => {
  data = openMemory();
  for (const [index, reference] of ['9AN00000001', '9AN00000002', REFERENCE].entries()) {
    const source = { system: 'old', id: String(index) };
    await data.store.append(`request-${reference}`, 'no-stream', [
      toRecord({ type: 'ServiceRequestSubmitted', at: AT, data: { source } }),
      toRecord({ type: 'ServiceRequestClosed', at: AT, data: {} }),
    ]);
  }
});

/** The data of the commands, over a log whose answers are cut to these shares. */
const over = (shares: Shares = {}): ReadData => ({
  ...data,
  store: shortAnswers(data.store, shares),
  clock: new HastyClock(AT),
  alarm: new AlarmLog().alarm,
  close: async () => undefined,
});

describe('over a log that says too early that it has no more', () => {
  it('the sum and the digest are those of all of it', async () => {
    const whole = await summarize(over());
    expect(whole).toMatchObject({ events: 6, requests: { open: 0, closed: 3 } });
    for (const pages of [[0], [0.5, 0.2], [0.9, 0, 0]]) expect(await summarize(over({ pages }))).toEqual(whole);
  });

  it('a request is found by where it came from', async () => {
    expect(await findReference(over({ pages: [0.3, 0] }), 'old:2')).toBe(REFERENCE);
    expect(await findReference(over({ pages: [0.3, 0] }), 'old:3')).toBeNull();
  });

  it('a view that is behind is seen to be', async () => {
    const { projections } = await inspectViews(over({ pages: [0, 0, 0] }));
    expect(projections.find(({ projection }) => projection === 'request_status')).toEqual({ projection: 'request_status', isBehind: true });
  });
});
