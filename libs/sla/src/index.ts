export type { Calendar, Holiday, OpenHours, Weekday } from './calendar.js';
export { type Target, targetProblems, type TargetUnit, type Warning, warningProblems } from './target.js';
export { type Clock, isPaused, pauseClock, restartClock, resumeClock, startClock } from './clock.js';
export { dueAt, isOnTime } from './due.js';
export { warningsAt } from './warnings.js';
export { explain } from './explain.js';
export { addBusinessMs, businessMsBetween } from './business-time.js';
export { instantOfLocal, localDateOf } from './local-time.js';
export { calendarProblems } from './calendar-problems.js';
