import { serviceOf } from '@onedoor/composition';

/** The cases that are overdue. */
export const service = serviceOf('monitors');
