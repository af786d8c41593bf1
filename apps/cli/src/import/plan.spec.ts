import { BOSTON } from '../../test/shipped-mappings.js';
import type { KnownRecord } from './known-records.js';
import { asOf, planOf } from './plan.js';
import type { ImportedRecord } from './record.js';

const UNTIL = '2011-08-01T04:00:00.000Z';
const OPENED = '2011-07-05T13:00:00.000Z';
const CLOSED = '2011-07-06T14:30:00.000Z';

const record = (draft: Partial<ImportedRecord> = {}): ImportedRecord => ({
  id: '1',
  openedAt: OPENED,
  closedAt: null,
  changedAt: null,
  service: 'Hole',
  group: 'Roads',
  department: 'ROAD',
  address: '1 Example St',
  lat: 42.3,
  long: -71.1,
  channel: 'web',
  outcome: null,
  closure: null,
  ...draft,
});
const closing = { closedAt: CLOSED, outcome: 'fixed', closure: 'Done' } as const;

const CASE = { isOpen: true, isClosed: false, isWaiting: false, round: 1, lastAt: OPENED, clocksRanTo: '', isWorkedOn: false };
const known = (draft: Partial<KnownRecord> = {}, of: Partial<typeof CASE> = {}): KnownRecord => ({
  reference: '437M3PCDYFN',
  openedAt: OPENED,
  service: 'Hole',
  place: { address: '1 Example St', lat: 42.3, long: -71.1 },
  department: 'ROAD',
  closedAt: null,
  outcome: null,
  case: { ...CASE, ...of },
  ...draft,
});
const closedCase = (of: Partial<typeof CASE> = {}): KnownRecord =>
  known({ closedAt: CLOSED, outcome: 'fixed' }, { isOpen: false, isClosed: true, lastAt: CLOSED, ...of });
const plan = (one: ImportedRecord, of: KnownRecord | undefined, until = UNTIL) => planOf(one, of, until, BOSTON);

describe('what an import does about a record', () => {
  it('that the log does not hold: brings it in', () => {
    expect(plan(record(), undefined)).toEqual({ kind: 'new' });
  });

  it('that says nothing new: nothing but let its clocks go on', () => {
    expect(plan(record(), known())).toMatchObject({ kind: 'unchanged', isOpen: true });
    expect(plan(record(closing), closedCase())).toMatchObject({ kind: 'unchanged', isOpen: false });
    expect(plan(record({ ...closing, channel: 'phone', group: 'Other', department: null }), closedCase())).toMatchObject({
      kind: 'unchanged',
    });
  });

  it('that a killed import left: finishes it', () => {
    expect(plan(record(), known({ case: null }))).toMatchObject({ kind: 'unfinished' });
    expect(plan(record(closing), closedCase({ isClosed: false }))).toMatchObject({ kind: 'unfinished' });
  });

  it.each([
    ['behind the latest fact', known(), true],
    ['at the instant of the latest fact', known({}, { lastAt: CLOSED }), true],
    ['before a fact', known({}, { lastAt: '2011-07-10T13:00:00.000Z' }), false],
    ['at the instant of what its clocks did', known({}, { lastAt: CLOSED, clocksRanTo: CLOSED }), false],
  ])('that is closed since: closes it, or corrects it where that lies %s', (_where, of, isForward) => {
    expect(plan(record(closing), of)).toMatchObject({ kind: 'changed', isForward, changes: [`closed ${CLOSED}`] });
  });

  it.each([
    ['reopened', record(), 'reopened'],
    [
      'closed at another instant',
      record({ ...closing, closedAt: '2011-07-07T14:30:00.000Z' }),
      `closed 2011-07-07T14:30:00.000Z instead of ${CLOSED}`,
    ],
    ['ended otherwise', record({ ...closing, outcome: 'invalid' }), 'outcome invalid instead of fixed'],
    ['given to another department', record({ ...closing, department: 'PARK' }), 'department PARK instead of ROAD'],
  ])('that is %s: corrects it', (_what, one, change) => {
    expect(plan(one, closedCase())).toMatchObject({ kind: 'changed', isForward: false, changes: [change] });
  });

  it.each([
    ['open_dt is earlier than the one that is known', record({ openedAt: '2011-07-05T12:59:59.000Z' })],
    ['open_dt is later than the one that is known', record({ openedAt: '2011-07-06T13:00:00.000Z' })],
    ['type is another one than is known', record({ service: 'Lamp' })],
    ['location is another place than is known', record({ address: '2 Example St' })],
    ['latitude, longitude is another place than is known', record({ long: -71.2 })],
  ])('that contradicts what is known: nothing, and says so: %s', (reason, one) => {
    expect(plan(one, known())).toEqual({ kind: 'rejected', reason });
    expect(plan({ ...one, ...closing }, known())).toEqual({ kind: 'rejected', reason });
  });

  it('whose place the log does not show, or one of the two leaves out: does not hold them against each other', () => {
    const unplaced = known({ place: { address: null, lat: null, long: null } });
    expect(plan(record(), unplaced)).toMatchObject({ kind: 'unchanged' });
    expect(plan(record(closing), unplaced)).toMatchObject({ kind: 'changed', changes: [`closed ${CLOSED}`] });
    expect(plan(record({ long: -71.2 }), known({ place: { address: null, lat: 42.3, long: -71.1 } }))).toMatchObject({ kind: 'rejected' });
    expect(plan(record({ address: '2 Example St', lat: 1 }), known({ place: null }))).toMatchObject({ kind: 'unchanged' });
    expect(plan(record({ address: null, lat: null, long: null }), known())).toMatchObject({ kind: 'unchanged' });
  });

  it('that people have worked on: closes it where nothing stands against it, and changes nothing else', () => {
    expect(plan(record(closing), known({}, { isWorkedOn: true }))).toMatchObject({ kind: 'changed', isForward: true });
    expect(plan(record(), known({}, { isWorkedOn: true, isOpen: false }))).toMatchObject({ kind: 'unchanged' });
    const isRefused = {
      kind: 'rejected',
      reason: expect.stringMatching(/^the case was worked on here, and is not changed by an import: /),
    };
    for (const one of [record(closing), record({ department: 'PARK' })])
      expect(plan(one, known({}, { isWorkedOn: true, isOpen: false }))).toEqual(isRefused);
    expect(plan(record(closing), known({}, { isWorkedOn: true, isWaiting: true }))).toEqual(isRefused);
  });

  it('that an import with a later instant closed: leaves it', () => {
    const earlier = '2011-07-06T00:00:00.000Z';
    for (const one of [record(), record({ department: 'PARK' })])
      expect(plan(one, closedCase(), earlier)).toMatchObject({ kind: 'unchanged', isOpen: false });
  });
});

describe('a record as of an instant', () => {
  it('is open where it is closed later, and not there where it is opened later', () => {
    expect(asOf(record(closing), CLOSED, BOSTON)).toEqual({ record: record(closing), note: null });
    expect(asOf(record(closing), '2011-07-06T14:29:59.999Z', BOSTON)).toEqual({
      record: record(),
      note: 'closed_dt is after 2011-07-06T14:29:59.999Z, the instant of the import: taken as open',
    });
    expect(asOf(record(), OPENED, BOSTON)).toEqual({ record: record(), note: null });
    expect(asOf(record(), '2011-07-05T12:59:59.999Z', BOSTON)).toEqual({
      rejected: 'open_dt is after 2011-07-05T12:59:59.999Z, the instant of the import',
    });
  });
});
