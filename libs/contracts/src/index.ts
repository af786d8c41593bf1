export type { PublicEvent } from './public-event.js';
export * from './intake-events.js';
export * from './routing-events.js';
