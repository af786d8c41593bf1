export * from './contracts/index.js';
export { AlarmLog } from './alarm-log.js';
export { frozen, given, givenOf, type Given } from './given.js';
export { firstOfEachType, goldenContract, goldenStream, readGolden, type GoldenEvent } from './golden.js';
export { ManualClock } from './manual-clock.js';
export { toRecord, type Recording } from './record.js';
export { messagesOf, restore } from './published.js';
