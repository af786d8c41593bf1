export { service } from './composition.js';
