import { join } from 'node:path';
import { firstOfEachType, goldenContract } from '@onedoor/testkit';
import {
  recordBreach,
  recordPromise,
  recordReopening,
  recordResolution,
  recordRouting,
  recordSubmission,
} from '../test/analytics.fixtures.js';
import { FACT } from './aggregates.js';

goldenContract(FACT, join(import.meta.dirname, 'fact/golden'), {
  written: firstOfEachType(
    FACT.decider,
    recordSubmission(),
    recordRouting(),
    recordPromise(),
    recordBreach(),
    recordResolution(),
    recordReopening(),
  ),
  amountsTo: {
    submission: { service: 'pothole', on: '2026-03-02' },
    department: 'works',
    rounds: [
      {
        round: 1,
        department: 'works',
        promise: { dueOn: '2026-03-04' },
        isBreached: true,
        resolution: { outcome: 'fixed', onTime: false },
      },
      { round: 2, department: 'works', promise: null, isBreached: false, resolution: null },
    ],
  },
});
