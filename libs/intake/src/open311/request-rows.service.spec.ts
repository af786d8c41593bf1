import { openMemory } from '@onedoor/adapters';
import { closingSentence, NO_DETAILS, OUTCOMES, type ClosingDetails } from '@onedoor/contracts';
import { AlarmLog } from '@onedoor/testkit';
import { monday } from '../../test/intake.fixtures.js';
import type { RequestStatus } from '../request/request-status.js';
import { requestRows } from './request-rows.service.js';

const SERVICES = new Map([
  ['pothole', { descriptions: 'public' }],
  ['something-else', { descriptions: 'never' }],
] as const);
const [FIRST, SECOND, THIRD] = ['9AN03NQK8NE', '9AN0000000X', '9AN0000001Y'] as const;

const shown = (reference: string, description: RequestStatus['description']): RequestStatus => ({
  reference,
  isListed: true,
  visibility: 'public',
  status: 'open',
  round: 1,
  service: 'pothole',
  serviceName: 'Pothole',
  department: null,
  promisedBy: null,
  pausedFor: null,
  outcome: null,
  details: NO_DETAILS,
  closedAt: null,
  submittedAt: monday,
  updatedAt: monday,
  location: null,
  description,
  mediaUrl: null,
  source: null,
});

describe('the dates of a request', () => {
  const dates = async (draft: Partial<RequestStatus>) => {
    const { vault } = openMemory();
    const [row] = await requestRows([{ ...shown(FIRST, null), ...draft }], SERVICES, 'en', { vault, alarm: new AlarmLog().alarm });
    return [row?.['expected_datetime'], row?.['status_notes']];
  };
  const promisedBy = '2026-03-05T14:00:00.000Z';

  it('are as promised while the promise runs', async () => {
    expect(await dates({ promisedBy })).toEqual(['2026-03-05T14:00:00Z', null]);
  });

  it.each([
    ['waiting for the resident', 'paused: waiting for you'],
    ['caller_unreachable', 'paused: waiting for you'],
    ['weather', 'paused: weather'],
    ['another_agency', 'paused: another agency'],
  ])('are none while it stands still for %s: why is said instead', async (pausedFor, notes) => {
    expect(await dates({ promisedBy, pausedFor })).toEqual([null, notes]);
  });
});

describe('the notes on the status of a request', () => {
  const notes = async (outcome: string, details: Partial<ClosingDetails> = {}) => {
    const closed = { ...shown(FIRST, null), status: 'closed', outcome, details: { ...NO_DETAILS, ...details } } as const;
    return (await requestRows([closed], SERVICES, 'en', { vault: openMemory().vault, alarm: new AlarmLog().alarm }))[0]?.['status_notes'];
  };

  it('say how it ended, in a sentence and no code', async () => {
    expect(await notes('no_violation')).toBe('An inspector looked at it and found no violation.');
    expect(await notes('duplicate', { joins: THIRD })).toBe(
      'The same matter had been reported already: it goes on under request 9AN-0000-001Y.',
    );
    for (const outcome of OUTCOMES) expect(await notes(outcome)).toMatch(/^[A-Z].+ .+\.$/);
  });

  it('are in the language of the reader', async () => {
    const rows = await requestRows(
      [
        { ...shown(FIRST, null), status: 'closed', outcome: 'no_violation' },
        { ...shown(SECOND, null), pausedFor: 'caller_unreachable' },
      ],
      SERVICES,
      'es',
      { vault: openMemory().vault, alarm: new AlarmLog().alarm },
    );
    expect(rows.map((row) => row['status_notes'])).toEqual([closingSentence('es', 'no_violation'), 'en pausa: esperamos su respuesta']);
  });
});

describe('a page of requests', () => {
  it('shows each description in its row, and none where there is none or where it was erased', async () => {
    const { vault } = openMemory();
    const { alarm } = new AlarmLog();
    const requests = [shown(FIRST, await vault.seal(FIRST, 'one')), shown(SECOND, null), shown(THIRD, await vault.seal(THIRD, 'three'))];
    const descriptions = async () => (await requestRows(requests, SERVICES, 'en', { vault, alarm })).map(({ description }) => description);
    expect(await descriptions()).toEqual(['one', null, 'three']);
    await vault.destroy(THIRD);
    expect(await descriptions()).toEqual(['one', null, null]);
  });

  it('lacks the text of a service that shows none, and of one that is not known, and opens neither', async () => {
    const { vault } = openMemory();
    const alarms = new AlarmLog();
    const doesNotOpen = await openMemory().vault.seal(FIRST, 'canary');
    const hidden = ['something-else', 'unheard-of'].map((service) => ({ ...shown(FIRST, doesNotOpen), service }));
    const rows = await requestRows([...hidden, shown(SECOND, await vault.seal(SECOND, 'two'))], SERVICES, 'en', {
      vault,
      alarm: alarms.alarm,
    });
    expect(rows.map(({ description }) => description)).toEqual([null, null, 'two']);
    expect(alarms.entries).toEqual([]);
  });

  it('is shown whole where one key is gone without an erasure: its row lacks the text, and an alarm says so', async () => {
    const { vault } = openMemory();
    const alarms = new AlarmLog();
    const lost = await openMemory().vault.seal(FIRST, 'canary lost');
    const rows = await requestRows([shown(FIRST, lost), shown(SECOND, await vault.seal(SECOND, 'two'))], SERVICES, 'en', {
      vault,
      alarm: alarms.alarm,
    });
    expect(rows.map(({ service_request_id: id, description }) => [id, description])).toEqual([
      [FIRST, null],
      [SECOND, 'two'],
    ]);
    expect(alarms.entries).toMatchObject([{ message: 'sealed text does not open', details: { texts: 1 } }]);
    expect(JSON.stringify(alarms.entries)).not.toContain('canary');
  });
});
