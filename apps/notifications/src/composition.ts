import { serviceOf } from '@onedoor/composition';

/** What is written to residents, and what became of it. */
export const service = serviceOf('notifications');
