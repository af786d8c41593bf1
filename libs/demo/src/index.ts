export { DEMO_ACCOUNTS, DEMO_PASSWORD } from './accounts.js';
export { RIVERBEND } from './city/riverbend.js';
export { foundDemo, printProgress, refuseDemoAccounts, type DemoOptions } from './found-demo.js';
export { DEMO_FRONT_HOOKS, DEMO_HOOKS } from './hooks.js';
