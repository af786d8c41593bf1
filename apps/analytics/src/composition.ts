import { serviceOf } from '@onedoor/composition';

/** What was opened, closed, promised and kept. */
export const service = serviceOf('analytics');
