import { join } from 'node:path';
import { firstOfEachType, goldenContract } from '@onedoor/testkit';
import {
  recordBreach,
  recordExcuse,
  recordMilestone,
  recordPromise,
  recordReopening,
  recordResolution,
  recordReturn,
  recordReturnCharge,
  recordRevision,
  recordRouting,
  recordSubmission,
} from '../test/analytics.fixtures.js';
import { CITY_ZONE } from './city/city-zone.js';
import { FACT } from './fact/decider.js';

goldenContract(FACT, join(import.meta.dirname, 'fact/golden'), {
  written: firstOfEachType(
    FACT.decider,
    recordSubmission(),
    recordRouting(),
    recordPromise(),
    recordBreach(),
    recordResolution(),
    recordReopening(),
    recordExcuse(),
    recordMilestone(),
    recordRevision(),
    recordReturn(),
    recordReturnCharge(),
  ),
  upcast: {
    'FactBreached.v1': { sequence: '00000003.0', round: 1, heldBy: null },
    'FactReopened.v1': { sequence: '00000005.0', round: 2, isCorrection: false, reason: null },
    'FactReopened.v2': { sequence: '00000005.0', round: 2, isCorrection: false, reason: null },
  },
  amountsTo: {
    submission: { service: 'pothole', on: '2026-03-02' },
    department: 'works',
    rounds: [
      {
        round: 1,
        department: 'works',
        promise: { dueOn: '2026-03-04' },
        isBreached: true,
        excuse: 'other_agency',
        resolution: { outcome: 'fixed', onTime: false },
      },
      { round: 2, department: 'works', promise: null, isBreached: false, excuse: null, resolution: null },
    ],
  },
});

goldenContract(CITY_ZONE, join(import.meta.dirname, 'city/golden'), {
  written: firstOfEachType(CITY_ZONE.decider, { type: 'RecordCityZone', at: '2026-03-02T14:00:00.000Z', zone: 'America/New_York' }),
  amountsTo: { zone: 'America/New_York' },
});
