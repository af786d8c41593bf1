export { accept, reject, rejectAbsent, type Decider, type Decision, type DomainEvent, type Rejection } from './decider.js';
export {
  DAY_MS,
  HOUR_MS,
  instantOf,
  isInstant,
  laterOf,
  MINUTE_MS,
  msOf,
  nearestInstant,
  parseInstant,
  SECOND_MS,
  type Instant,
} from './instant.js';
export { assert, assertNever, LIMITS } from './guarantees.js';
export { BoundedCache } from './bounded-cache.js';
export { counted } from './counted.js';
export { canonicalJson, fieldsOf, unordered } from './json.js';
export {
  DEPARTMENT_CODE_CHARACTERS,
  hasCharacters,
  identifierPattern,
  identifierRule,
  isIdentifier,
  SERVICE_CODE_CHARACTERS,
} from './identifier.js';
export {
  dayNumberOf,
  formatReference,
  idOf,
  makeReference,
  parseReference,
  REFERENCE_DAYS,
  REFERENCE_RANDOM_BITS,
  type Reference,
} from './reference.js';
export { ROLES, type Actor, type Principal, type Role } from './vocabulary.js';
export { cellOf, cellsAround, metersBetween, type Cell, type Point } from './cell.js';
export { hasBidirectionalControls, withoutReordering } from './bidirectional.js';
export { isMailAddress, MAIL_ADDRESS_RULE } from './mail-address.js';
