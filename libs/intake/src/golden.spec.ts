import { join } from 'node:path';
import { NO_DETAILS } from '@onedoor/contracts';
import { firstOfEachType, goldenContract } from '@onedoor/testkit';
import {
  addServices,
  hours,
  openCatalog,
  recordClosing,
  recordPause,
  recordPromise,
  recordReopening,
  recordRouting,
  service,
  submission,
  submit,
} from '../test/intake.fixtures.js';
import { SERVICE_CATALOG, SERVICE_REQUEST } from './aggregates.js';

const folder = (aggregate: string): string => join(import.meta.dirname, aggregate, 'golden');

goldenContract(SERVICE_REQUEST, folder('request'), {
  upcast: {
    'ServiceRequestSubmitted.v1': submission({ source: { system: 'old-311', id: '42' }, contact: null }),
    'ServiceRequestSubmitted.v2': submission({ source: { system: 'old-311', id: '42' }, contact: null }),
    'ServiceRequestPaused.v1': { round: 1, reason: 'waiting for the resident', by: 'promise' },
    'ServiceRequestClosed.v1': { round: 1, outcome: 'fixed', details: NO_DETAILS },
  },
  written: firstOfEachType(
    SERVICE_REQUEST.decider,
    submit({ source: { system: 'old-311', id: '42' } }),
    recordRouting({ at: hours(1) }),
    recordPromise({ at: hours(1) }),
    recordPause({ at: hours(1) }),
    recordPromise({ at: hours(1.5) }),
    recordClosing({ at: hours(2) }),
    recordReopening({ at: hours(3) }),
  ),
  amountsTo: {
    exists: true,
    status: 'open',
    round: 2,
    department: 'works',
    promisedBy: null,
    outcome: null,
    submission: { source: { system: 'old-311', id: '42' } },
  },
});

goldenContract(SERVICE_CATALOG, folder('catalog'), {
  upcast: { 'ServicesAdded.v1': { services: [service('pothole'), service('graffiti', { visibility: 'private' })] } },
  written: firstOfEachType(
    SERVICE_CATALOG.decider,
    openCatalog(),
    addServices(service('pothole'), service('graffiti', { visibility: 'private' })),
  ),
  amountsTo: {
    city: 'Testville',
    zone: 'America/New_York',
    services: new Map([
      ['pothole', service('pothole')],
      ['graffiti', service('graffiti', { visibility: 'private' })],
    ]),
  },
});
