export { MONITORS } from './monitors.module.js';
