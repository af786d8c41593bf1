export { OPERATIONS } from './operations.module.js';
export { PARKED_KEY_COMMANDS, parkedKeyId } from './parking/commands/index.js';
export { CONSUMER_GROUPS } from './parking/parked-keys.service.js';
export { ListParkedKeys, type ParkedKeysPage } from './parking/list-parked-keys.service.js';
