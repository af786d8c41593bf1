export { OPERATIONS } from './operations.module.js';
export { PARKED_KEY_COMMANDS, parkedKeyId } from './parking/commands/index.js';
export { ListParkedKeys, type ListedKey, type ParkedKeysPage } from './parking/list-parked-keys.service.js';
