import { published } from '@onedoor/engine';
import { CASE } from '../aggregates.js';
import { publishCase } from './publish.js';

/** What the relay of this context tells of. */
export const ROUTING_PUBLICATIONS = [published(CASE, publishCase)];
