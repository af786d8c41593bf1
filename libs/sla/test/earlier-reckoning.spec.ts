import { type Calendar, type Clock, dueAt, explain, pauseClock, resumeClock } from '../src/index.js';
import { at, clockOf, mondayToFriday, office } from './fixtures.js';

const byDate = (clock: Clock): Clock => ({ ...clock, reckoning: 'by_date' });

describe('a pause of days of a clock of an earlier release', () => {
  const paused = (unit: 'business_days' | 'calendar_days', started: string, from: string, to: string, calendar = office): string | null =>
    dueAt(resumeClock(pauseClock(byDate(clockOf(3, unit, at(started), calendar)), at(from), 'waiting'), at(to)));
  const wholeWeek = '2026-11-02 10:00:00';

  it.each([
    ['2026-11-03 09:00:00', '2026-11-03 16:00:00', '2026-11-05 10:00:00', 'within a day moves nothing'],
    ['2026-11-03 16:59:00', '2026-11-04 00:00:00', '2026-11-06 10:00:00', 'up to midnight is one'],
    ['2026-11-03 16:59:00', '2026-11-03 23:59:59', '2026-11-05 10:00:00', 'up to the second before it is none'],
    ['2026-11-04 09:00:00', '2026-11-08 12:00:00', '2026-11-09 10:00:00', 'counts Thursday and Friday, not the weekend'],
    ['2026-11-04 09:00:00', '2026-11-12 09:00:00', '2026-11-13 10:00:00', 'does not count the holiday that it spans'],
    ['2026-11-05 10:00:00', '2026-11-09 10:00:00', '2026-11-05 10:00:00', 'begun at the due instant moves nothing'],
    ['2026-11-06 10:00:00', '2026-11-09 10:00:00', '2026-11-05 10:00:00', 'begun after the due instant moves nothing'],
    [
      '2026-11-05 09:00:00',
      '2026-11-05 11:00:00',
      '2026-11-05 10:00:00',
      'keeps the time of day even where the due instant passes meanwhile',
    ],
  ])('business days: %s to %s makes it %s: %s', (from, to, due) => {
    expect(paused('business_days', wholeWeek, from, to)).toBe(at(due));
  });

  it('business days: what lies before the effective start does not count', () => {
    const friday = '2026-11-06 18:00:00'; // effective from Monday the 9th at nine
    expect(paused('business_days', friday, '2026-11-06 19:00:00', '2026-11-09 08:00:00')).toBe(at('2026-11-13 09:00:00'));
    expect(paused('business_days', friday, '2026-11-07 10:00:00', '2026-11-10 10:00:00')).toBe(at('2026-11-16 09:00:00'));
  });

  it.each([
    ['2026-11-03 00:00:00', '2026-11-03 23:59:59', '2026-11-05 10:00:00'],
    ['2026-11-03 23:59:59', '2026-11-04 00:00:00', '2026-11-06 10:00:00'],
    ['2026-11-03 12:00:00', '2026-11-09 12:00:00', '2026-11-11 10:00:00'],
    ['2026-11-05 10:00:00', '2026-11-09 10:00:00', '2026-11-05 10:00:00'],
  ])('calendar days: %s to %s makes it %s, by the midnights it spans', (from, to, due) => {
    expect(paused('calendar_days', wholeWeek, from, to)).toBe(at(due));
  });

  it('moves nothing back where the clock goes back over midnight', () => {
    const calendar: Calendar = { ...office, zone: 'America/St_Johns', weeklyHours: mondayToFriday('09:00', '17:00') };
    const clock = byDate(clockOf(3, 'calendar_days', '2006-10-27T12:00:00.000Z', calendar));
    const afterMidnight = '2006-10-29T02:30:30.000Z'; // 00:00:30 on Sunday; half a minute later it is 23:01 on Saturday
    expect(dueAt(resumeClock(pauseClock(clock, afterMidnight, 'waiting'), '2006-10-29T02:45:00.000Z'))).toBe(dueAt(clock));
  });

  it('adds up over several pauses, and a later one can begin only before the moved due instant', () => {
    let clock = byDate(clockOf(3, 'business_days', at(wholeWeek)));
    clock = resumeClock(pauseClock(clock, at('2026-11-03 10:00:00'), 'waiting'), at('2026-11-05 09:00:00'));
    expect(dueAt(clock)).toBe(at('2026-11-09 10:00:00'));
    clock = resumeClock(pauseClock(clock, at('2026-11-09 09:00:00'), 'waiting'), at('2026-11-10 09:00:00'));
    expect(dueAt(clock)).toBe(at('2026-11-10 10:00:00'));
  });

  it('is the same where the clock has no name for its reckoning', () => {
    const { reckoning: _reckoning, ...unnamed } = clockOf(3, 'business_days', at(wholeWeek));
    const paused = pauseClock(unnamed as Clock, at('2026-11-03 16:59:00'), 'waiting');
    expect(dueAt(resumeClock(paused, at('2026-11-04 00:00:00')))).toBe(at('2026-11-06 10:00:00'));
    expect(explain(resumeClock(paused, at('2026-11-04 00:00:00'))).sentence).toContain('paused 1 business day (waiting)');
  });
});
