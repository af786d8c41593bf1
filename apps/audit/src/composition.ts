import { serviceOf } from '@onedoor/composition';

/** Every request's history, over all contexts. */
export const service = serviceOf('audit');
