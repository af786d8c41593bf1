import { published } from '@onedoor/engine';
import { SERVICE_REQUEST } from '../aggregates.js';
import { publishServiceRequest } from './publish.js';

/** What the relay of this context tells of. */
export const INTAKE_PUBLICATIONS = [published(SERVICE_REQUEST, publishServiceRequest)];
