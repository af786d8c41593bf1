export { createServer } from './create-server.js';
export { openDoor } from './open-door.js';
