import { serviceOf } from '@onedoor/composition';

/** Cases, their clocks, and the departments that subscribe to them. */
export const service = serviceOf('routing');
