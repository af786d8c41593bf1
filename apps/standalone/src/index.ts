export { createServer } from './create-server.js';
export { openDoor, type OpenDoor } from './open-door.js';
export { RIVERBEND } from './demo/riverbend.js';
