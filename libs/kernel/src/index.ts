export type { DomainEvent } from './domain-event.js';
export type { Decider } from './decider.js';
export { accept, reject, rejectAbsent, type Accepted, type Decision, type Rejection } from './decision.js';
export { instantOf, isInstant, laterOf, msOf, parseInstant, type Instant } from './instant.js';
export { assert, assertNever } from './assert.js';
export { BoundedCache } from './bounded-cache.js';
export { canonicalJson } from './canonical-json.js';
export {
  dayNumberOf,
  formatReference,
  makeReference,
  parseReference,
  type Reference,
  REFERENCE_RANDOM_BITS,
} from './reference.js';
export { LIMITS } from './limits.js';
export { LANGUAGES, ROLES, type Actor, type Channel, type Language, type Role, type Visibility } from './vocabulary.js';
