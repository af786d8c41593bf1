import type { PublicEvent } from '../public-event.js';

/** The golden sample of each type, by type. */
export type Samples = ReadonlyMap<string, PublicEvent>;
