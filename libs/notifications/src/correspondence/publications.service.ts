import { published } from '@onedoor/engine';
import { CORRESPONDENCE } from '../aggregates.js';
import { publishCorrespondence } from './publish.js';

/** What the relay of this context tells of. */
export const NOTIFICATIONS_PUBLICATIONS = [published(CORRESPONDENCE, publishCorrespondence)];
