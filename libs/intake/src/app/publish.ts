import { INTAKE_TOPIC, REQUEST_SUBMITTED, type RequestSubmitted } from '@onedoor/contracts';
import { published } from '@onedoor/engine';
import { SERVICE_REQUEST } from './aggregates.js';

/** What intake tells the other contexts. That the resident was told something is nobody else's business. */
export const INTAKE_PUBLICATIONS = [
  published(SERVICE_REQUEST, (event) => {
    if (event.type !== 'ServiceRequestSubmitted') return [];
    const { service, visibility, channel, department } = event.data;
    const data: RequestSubmitted['data'] = { service: service.code, visibility, channel, department };
    return [{ topic: INTAKE_TOPIC, type: REQUEST_SUBMITTED, data }];
  }),
];
