import { join } from 'node:path';
import { firstOfEachType, goldenContract } from '@onedoor/testkit';
import { PARKED_KEY } from './parking/parked-key.js';

const at = '2026-03-04T14:00:00.000Z';
const named = { group: 'routing', key: '26N2K7DQMA4' };
const messages = [{ id: '6f9c1f2e-55d0-5c08-8f4c-0d6a8f7a1b2c', type: 'gov.onedoor.intake.request.submitted.v1' }];

goldenContract(PARKED_KEY, join(import.meta.dirname, 'parking/golden'), {
  written: firstOfEachType(
    PARKED_KEY.decider,
    { type: 'ReleaseParkedKey', at, release: named },
    { type: 'DropParkedKey', at, drop: { ...named, reason: 'Closed by hand', messages } },
  ),
  amountsTo: { released: 1, dropped: 1 },
});
