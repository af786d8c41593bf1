import { join } from 'node:path';
import { openMemory } from '@onedoor/adapters';
import { scopedPorts, type Ports } from '@onedoor/platform';
import { firstOfEachType, goldenContract, ManualClock, toRecord } from '@onedoor/testkit';
import { AUDIT } from './audit.module.js';
import { describeRenewal, LOG_RENEWALS, type RecordRenewal } from './log/log-renewals.js';
import { ACCESS_LOG, describeReading, type RecordReading } from './reading/access-log.js';

const AT = '2026-03-02T14:00:00.000Z';
const reading: RecordReading = { type: 'RecordReading', at: AT, reference: '9AN03NQK8NE', asOf: '2026-03-02T12:00:00.000Z' };

goldenContract(ACCESS_LOG, join(import.meta.dirname, 'reading', 'golden'), {
  written: firstOfEachType(ACCESS_LOG.decider, reading),
  amountsTo: { readings: 1 },
});

const renewal: RecordRenewal = { type: 'RecordRenewal', at: AT, former: 'a1b2c3d4e5f6', incarnation: '0f1e2d3c4b5a', lost: 33 };

goldenContract(LOG_RENEWALS, join(import.meta.dirname, 'log', 'golden'), {
  written: firstOfEachType(LOG_RENEWALS.decider, renewal),
  amountsTo: { renewals: 1, lost: 33 },
});

it('a renewal of the log is described in one sentence', () => {
  const { former, incarnation } = renewal;
  const renewed = (lost: number) => describeRenewal({ type: 'LogRenewed', at: AT, data: { former, incarnation, lost } });
  expect(renewed(0)).toBe('Log called 0f1e2d3c4b5a, not a1b2c3d4e5f6 any more');
  expect(renewed(33)).toBe('Log called 0f1e2d3c4b5a, not a1b2c3d4e5f6 any more, without 33 events that were lost');
});

it('a reading is described in one sentence', () => {
  const read = { type: 'HistoryRead', at: AT, data: { reference: '9AN03NQK8NE', asOf: null } } as const;
  expect(describeReading(read)).toBe('History of 9AN03NQK8NE read');
  expect(describeReading({ ...read, data: { ...read.data, asOf: AT } })).toBe(`History of 9AN03NQK8NE read, as of ${AT}`);
});

describe('the ports of audit', () => {
  const CASES = { name: 'case_documents', version: 1, indexes: [] };
  const event = toRecord({ type: 'Happened', at: AT, data: {} });
  let all: Ports;
  let own: Ports;
  beforeEach(() => {
    const data = openMemory();
    const entropy = { hex: (length: number) => '0'.repeat(length * 2) };
    const mailer = { send: () => Promise.reject(new Error('No message is sent here')) };
    const clock = new ManualClock(AT);
    all = { ...data, mailer, clock, entropy, jurisdiction: 'testville', alarm: () => undefined, dependencies: [] };
    own = scopedPorts(all, AUDIT);
  });

  it('read the streams and documents of every context', async () => {
    await all.store.append('case-a', 'no-stream', [event]);
    const [recorded] = await own.store.read('case-a', 0, 10);
    await all.readModels.apply(CASES, [{ id: 'a', position: recorded?.position ?? '', body: {} }]);
    expect(recorded?.type).toBe('Happened');
    expect(await own.readModels.get(CASES, ['a'])).toMatchObject([{ id: 'a' }]);
  });

  it('write the access log and nothing else', async () => {
    expect(await own.store.append('reading-a.2026-03', 'no-stream', [event])).toMatchObject({ outcome: 'appended' });
    expect(() => own.store.append('case-a', 'no-stream', [event])).toThrow('audit declared the streams of case');
    expect(() => own.readModels.apply(CASES, [])).toThrow('audit declared the collection case_documents');
  });

  it('unseal nothing and open no contact', () => {
    expect(() => own.vault.unseal('a', { sealed: '' }, 'present')).toThrow('audit declared');
    expect(() => own.vault.contact('a', 'notify')).toThrow('audit declared');
  });
});
