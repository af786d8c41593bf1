import { serviceOf } from '@onedoor/composition';

/** The front door: the first page, reports, what residents were told, and where staff sign in. */
export const service = serviceOf('intake');
