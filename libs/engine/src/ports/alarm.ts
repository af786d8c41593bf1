import type { AlarmMessage } from './alarms.js';

/** Reports what an operator should look at: one of the listed alarms. `details` never holds personal data. */
export type Alarm = (message: AlarmMessage, details: Readonly<Record<string, unknown>>) => void;
