import { serviceOf } from '@onedoor/composition';
import { DEMO_FRONT_HOOKS } from '@onedoor/demo';

/** The front door: the first page, reports, what residents were told, and where staff sign in. */
export const service = serviceOf('intake', DEMO_FRONT_HOOKS);
