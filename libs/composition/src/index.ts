export { openEmbedded, type EmbeddedOptions, type OpenPorts } from './open-embedded.js';
export { ProductModule, type ProductOptions } from './product.module.js';
export { PROJECTIONS } from './projections.js';
export { AUDITED_STREAMS } from './audited-streams.js';
export type { City } from './city.js';
export { foundCity } from './found-city.js';
