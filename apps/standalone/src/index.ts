export { openStandalone, STANDALONE, standaloneServer } from './standalone.js';
