import { join } from 'node:path';
import { firstOfEachType, goldenContract } from '@onedoor/testkit';
import { claim, minutes, open, recordFailure, recordSent, replaced, requested, suppress } from '../test/correspondence.fixtures.js';
import { SENDER_CITY } from './city/sender-city.js';
import { CORRESPONDENCE } from './correspondence/decider.js';

const { decider } = CORRESPONDENCE;
const A_RETRY = [
  open(),
  claim(minutes(1)),
  recordFailure({ at: minutes(2) }),
  claim(minutes(3)),
  recordSent({ at: minutes(4), attempt: 2 }),
];
const [, , WHAT_IS_NOT_SENT] = firstOfEachType(decider, open(), suppress({ at: minutes(4) }));

// One notification can't be sent and suppressed, and no report is replaced by a date: the last files stand for other stories.
goldenContract(CORRESPONDENCE, join(import.meta.dirname, 'correspondence', 'golden'), {
  upcast: {
    'CorrespondenceOpened.v1': { service: { code: 'pothole', name: 'Pothole' }, language: 'en', contact: null },
    'NotificationRequested.v1': requested().data,
  },
  written: [...firstOfEachType(decider, ...A_RETRY), ...(WHAT_IS_NOT_SENT === undefined ? [] : [WHAT_IS_NOT_SENT]), replaced({ n: 1 })],
  amountsTo: { exists: true, language: 'en', service: { code: 'pothole' }, notifications: [{ n: 1, status: 'suppressed', deferrals: 1 }] },
});

goldenContract(SENDER_CITY, join(import.meta.dirname, 'city', 'golden'), {
  written: firstOfEachType(SENDER_CITY.decider, {
    type: 'RecordSenderCity',
    at: '2026-03-02T14:00:00.000Z',
    name: 'Testville',
    zone: 'America/New_York',
  }),
  amountsTo: { name: 'Testville', zone: 'America/New_York' },
});
