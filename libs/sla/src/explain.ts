import { assert, type Instant, instantOf, msOf } from '@onedoor/kernel';
import { calculateDue } from './calculate-due.js';
import { type Clock, countsFrom, isPaused } from './clock.js';
import { holidayWords, skippedHolidays } from './holiday-words.js';
import { countedIn, stepWords, type CountedUnit } from './step-words.js';
import type { Step } from './steps.js';
import { timeWords } from './time-words.js';
import { wallTimeOf } from './wall-clock.js';

/** One part of the time from the start of a clock to its due instant, in words, and as data for other languages. */
interface ExplanationPart {
  readonly kind: 'restart' | Step['kind'];
  readonly words: string;
  readonly from: Instant;
  readonly to: Instant;
  /** What was counted, or paused, and in what; null where only time passed. */
  readonly amount: number | null;
  readonly unit: CountedUnit | null;
  /** Why it was paused or restarted; null for other parts. */
  readonly reason: string | null;
  /** The local dates of the holidays that are named in the words. */
  readonly holidays: readonly string[];
}

/**
 * Why a milestone is due when it is, for residents and auditors, in the calendar's local time, with years where they are not the one in
 * which the clock was started:
 * "due Fri, Nov 13, 4:00 PM because: 3 business days from Mon, Nov 9, 4:00 PM, Veterans Day skipped".
 * The parts are a chain: the first begins at `startedAt`, each begins where the one before ended, and the last ends at the due
 * instant, so the chain adds up to it. After a restart the first part is the time that no longer counts. For minutes and
 * hours the parts are time as it passed, counted or paused; for days each pause is what it added to the due date.
 * While a clock is paused the sentence says since when and why, and the chain ends where the pause began. Only holidays on
 * days that would otherwise be business days are named, once each.
 */
export function explain(clock: Clock): { readonly sentence: string; readonly parts: readonly ExplanationPart[] } {
  const { steps, dueMs } = calculateDue(clock);
  const parts = [...restartPart(clock), ...stepParts(clock, steps)];
  return { sentence: `${verdict(clock, dueMs)}: ${parts.map(({ words }) => words).join(', ')}`, parts };
}

function verdict(clock: Clock, dueMs: number | null): string {
  const when = (ms: number): string => timeWords(ms, clock.calendar.zone, msOf(clock.startedAt));
  if (!isPaused(clock)) {
    assert(dueMs !== null, 'a running clock has a due instant');
    return `due ${when(dueMs)} because`;
  }
  const pause = clock.pauses.at(-1);
  assert(pause !== undefined, 'a paused clock has a pause');
  const since = `paused since ${when(msOf(pause.from))} (${pause.reason})`;
  return dueMs === null ? `${since}, until then` : `${since}, but was already due ${when(dueMs)} because`;
}

function restartPart(clock: Clock): readonly ExplanationPart[] {
  const restart = clock.restarts.at(-1);
  if (restart === undefined) return [];
  const words = `restarted ${timeWords(msOf(restart.at), clock.calendar.zone, msOf(clock.startedAt))} (${restart.reason})`;
  const { at: to, reason } = restart;
  return [{ kind: 'restart', words, from: clock.startedAt, to, amount: null, unit: null, reason, holidays: [] }];
}

function stepParts(clock: Clock, steps: readonly Step[]): readonly ExplanationPart[] {
  const { zone } = clock.calendar;
  let namedUpTo = wallTimeOf(msOf(countsFrom(clock)), zone).day - 1;
  return steps.map((step) => {
    const { day } = wallTimeOf(step.toMs, zone);
    const skipped = skippedHolidays(clock, namedUpTo, day);
    namedUpTo = Math.max(namedUpTo, day);
    return {
      kind: step.kind,
      words: stepWords(clock, step) + holidayWords(skipped),
      from: instantOf(step.fromMs),
      to: instantOf(step.toMs),
      amount: step.counted,
      unit: countedIn(clock, step),
      reason: step.reason === '' ? null : step.reason,
      holidays: [...new Set(skipped.map(({ date }) => date))],
    };
  });
}
