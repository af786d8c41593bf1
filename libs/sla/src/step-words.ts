import { assertNever, msOf } from '@onedoor/kernel';
import { isBusinessTime, isTimeUnit, targetMs } from './calculate-due.js';
import { dayTimeOf, timeOfDayMsOf } from './calendar.js';
import { type Clock, isExact } from './clock.js';
import { weekdayOf } from './local-date.js';
import type { Step } from './steps.js';
import type { Target } from './target.js';
import { countWords, dayTimeWords, dayWords, durationWords, timeWords } from './time-words.js';
import { wallTimeOf } from './wall-clock.js';

/** One step in words: "3 business days from Mon, Nov 9, 4:00 PM". */
export function stepWords(clock: Clock, step: Step): string {
  const { zone } = clock.calendar;
  const near = msOf(clock.startedAt);
  const until = timeWords(step.toMs, zone, near);
  switch (step.kind) {
    case 'next_business_day':
      return `${dayWords(step.fromMs, zone, near)} is no business day and so counts as ${until}`;
    case 'cut_off':
      return `starts ${until} because that is not before ${cutOffOf(clock, step) ?? 'the cut-off'}`;
    case 'count':
      return `${countedWords(clock, step)} from ${timeWords(step.fromMs, zone, near)}${step.counted === null ? ` to ${until}` : ''}`;
    case 'pause':
      return `paused ${pausedWords(clock, step)} (${step.reason})`;
    default:
      return assertNever(step.kind);
  }
}

function cutOffOf({ calendar: { zone, businessDays } }: Clock, { fromMs }: Step): string | null {
  const cutOff = dayTimeOf(businessDays.cutOff, weekdayOf(wallTimeOf(fromMs, zone).day));
  const timeOfDayMs = cutOff === null ? null : timeOfDayMsOf(cutOff);
  return timeOfDayMs === null ? null : dayTimeWords(timeOfDayMs);
}

function countedWords({ target, ...clock }: Clock, step: Step): string {
  if (step.counted === null) return 'running';
  const { unit } = target;
  const whole = isTimeUnit(unit) ? targetMs({ ...clock, target }, unit) : target.amount;
  return step.counted === whole ? countWords(target.amount, UNIT_WORDS[unit]) : lengthWords(unit, step.counted);
}

function pausedWords(clock: Clock, step: Step): string {
  const { zone } = clock.calendar;
  const near = msOf(clock.startedAt);
  if (step.counted === null) return `from ${timeWords(step.fromMs, zone, near)} to ${timeWords(step.toMs, zone, near)}`;
  const { unit } = clock.target;
  return isTimeUnit(unit) || isExact(clock) ? lengthWords(unit, step.counted) : countWords(step.counted, UNIT_WORDS[unit]);
}

/** In what a step is counted: days of the target, or time of its kind. */
export type CountedUnit = 'business_days' | 'calendar_days' | 'business_milliseconds' | 'elapsed_milliseconds';

/** Null where only time passed. A pause moves days by time; by days in clocks of earlier releases. */
export function countedIn(clock: Clock, { kind, counted }: Step): CountedUnit | null {
  const { unit } = clock.target;
  if (counted === null) return null;
  if (isTimeUnit(unit)) return isBusinessTime(unit) ? 'business_milliseconds' : 'elapsed_milliseconds';
  if (kind !== 'pause' || !isExact(clock)) return unit;
  return unit === 'business_days' ? 'business_milliseconds' : 'elapsed_milliseconds';
}

const lengthWords = (unit: Target['unit'], ms: number): string =>
  durationWords(ms) + (unit.startsWith('business_') ? ' of business time' : '');

const UNIT_WORDS: Readonly<Record<Target['unit'], string>> = {
  elapsed_minutes: 'minute',
  elapsed_hours: 'hour',
  business_minutes: 'business minute',
  business_hours: 'business hour',
  business_days: 'business day',
  calendar_days: 'calendar day',
};
