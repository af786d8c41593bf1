import { openService, WHOLE_PRODUCT, type OpenService } from '@onedoor/composition';
import type { Config } from '@onedoor/platform';

/** Opens the data folder, starts everything over it, and listens. */
export const openDoor = (config: Config): Promise<OpenService> => openService(WHOLE_PRODUCT, config);
