import { DAY_MS, HOUR_MS, instantOf, MINUTE_MS, msOf, SECOND_MS } from '@onedoor/kernel';
import fc from 'fast-check';
import { businessMsBetween, type Calendar, type Clock, dueAt, explain, pauseClock, resumeClock } from '../src/index.js';
import { places } from './arbitraries.js';
import { at, clockOf, mondayToFriday, office } from './fixtures.js';

const wait = 'waiting for the resident';
const pausedFor = (clock: Clock, from: string, to: string): Clock => resumeClock(pauseClock(clock, from, wait), to);

describe('a pause of days', () => {
  const monday = '2026-11-02 10:00:00';
  const due = (unit: 'business_days' | 'calendar_days', from: string, to: string, started = monday, calendar = office): string | null =>
    dueAt(pausedFor(clockOf(3, unit, at(started), calendar), at(from), at(to)));

  it.each([
    ['2026-11-03 09:00:00', '2026-11-03 16:00:00', '2026-11-05 17:00:00', 'seven hours of a day'],
    ['2026-11-03 16:59:00', '2026-11-04 09:01:00', '2026-11-05 10:02:00', 'a minute before a night and one after it'],
    ['2026-11-03 23:59:00', '2026-11-04 00:00:35', '2026-11-05 10:00:00', '95 seconds over midnight, which were not open'],
    ['2026-11-04 09:00:00', '2026-11-08 12:00:00', '2026-11-10 10:00:00', 'three days, not the weekend'],
    ['2026-11-05 09:00:00', '2026-11-05 11:00:00', '2026-11-05 12:00:00', 'over the due instant'],
    ['2026-11-05 09:59:59', '2026-11-06 09:30:00', '2026-11-06 09:30:01', 'a second before it was due'],
    ['2026-11-04 09:00:00', '2026-11-12 09:00:00', '2026-11-13 10:00:00', 'a holiday in it does not count'],
    ['2026-11-05 10:00:00', '2026-11-09 10:00:00', '2026-11-05 10:00:00', 'begun at the due instant moves nothing'],
    ['2026-11-06 10:00:00', '2026-11-09 10:00:00', '2026-11-05 10:00:00', 'begun after the due instant moves nothing'],
  ])('business days: %s to %s makes it %s: %s', (from, to, moved) => {
    expect(due('business_days', from, to)).toBe(at(moved));
  });

  it.each([
    ['2026-11-03 23:59:00', '2026-11-04 00:00:35', '2026-11-05 10:01:35', '95 seconds over midnight'],
    ['2026-11-03 12:00:00', '2026-11-09 12:00:00', '2026-11-11 10:00:00', 'six days'],
    ['2026-11-05 09:00:00', '2026-11-05 11:00:00', '2026-11-05 12:00:00', 'over the due instant'],
    ['2026-11-05 10:00:00', '2026-11-09 10:00:00', '2026-11-05 10:00:00', 'begun at the due instant moves nothing'],
  ])('calendar days: %s to %s makes it %s: %s', (from, to, moved) => {
    expect(due('calendar_days', from, to)).toBe(at(moved));
  });

  it('calendar days: an hour is an hour on the night when clocks go back', () => {
    // 01:30 twice: from the first to the second is an hour, though the wall clock shows the same.
    const calendar = { ...office, weeklyHours: mondayToFriday('00:00', '24:00') };
    const clock = clockOf(3, 'calendar_days', '2026-10-30T14:00:00.000Z', calendar);
    expect(dueAt(pausedFor(clock, '2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z'))).toBe(
      instantOf(msOf(dueAt(clock) ?? '') + HOUR_MS),
    );
  });

  it('business days: is never due before the resume, though nothing of the pause was open', () => {
    const early = '2026-11-02 06:00:00';
    expect(due('business_days', '2026-11-05 05:00:00', '2026-11-05 07:00:00', early)).toBe(at('2026-11-05 07:00:00'));
    const within: Calendar = { ...office, businessDays: { ...office.businessDays, dueWithinHours: true } };
    expect(due('business_days', '2026-11-05 05:00:00', '2026-11-05 20:00:00', early, within)).toBe(at('2026-11-06 09:00:00'));
  });

  it('is told in its exact length', () => {
    const sentence = (clock: Clock, from: string, to: string): string => explain(pausedFor(clock, at(from), at(to))).sentence;
    expect(sentence(clockOf(3, 'business_days', at(monday)), '2026-11-03 16:30:00', '2026-11-04 09:45:00')).toBe(
      'due Thu, Nov 5, 11:15 AM because: 3 business days from Mon, Nov 2, 10:00 AM, ' +
        'paused 1 hour 15 minutes of business time (waiting for the resident)',
    );
    expect(sentence(clockOf(3, 'calendar_days', at(monday)), '2026-11-03 23:59:00', '2026-11-04 00:00:35')).toBe(
      'due Thu, Nov 5, 10:01 AM because: 3 calendar days from Mon, Nov 2, 10:00 AM, ' +
        'paused 1 minute 35 seconds (waiting for the resident)',
    );
  });
});

describe('whatever the unit, a pause', () => {
  const UNITS = ['elapsed_minutes', 'elapsed_hours', 'business_minutes', 'business_hours', 'business_days', 'calendar_days'] as const;
  const clocks = fc
    .tuple(places, fc.constantFrom(...UNITS), fc.integer({ min: 1, max: 40 }))
    .map(([{ calendar, startMs }, unit, amount]) => clockOf(amount, unit, instantOf(startMs), calendar));
  /** Of milliseconds, minutes and days alike, so that pauses lie within a minute as well as over weeks. */
  const lengths = fc.oneof(
    fc.nat(200_000),
    fc.nat(3_000).map((minutes) => minutes * MINUTE_MS + 7),
    fc.nat(20).map((days) => days * DAY_MS),
  );
  const between = ({ target, calendar }: Clock, from: string, to: string): number =>
    target.unit.startsWith('business') ? businessMsBetween(calendar, from, to) : msOf(to) - msOf(from);
  const later = (instant: string, ms: number): string => instantOf(msOf(instant) + ms);

  it('moves the due instant by its exact length, and never to before the resume', () => {
    fc.assert(
      fc.property(clocks, lengths, lengths, (clock, untilMs, lengthMs) => {
        const before = dueAt(clock) ?? '';
        const from = later(clock.startedAt, untilMs);
        const to = later(from, lengthMs);
        const after = dueAt(pausedFor(clock, from, to)) ?? '';
        if (from >= before) expect(after).toBe(before);
        else {
          expect(between(clock, before, after)).toBe(between(clock, from, to));
          expect(after >= to).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('in two parts, or in three, is as long as in one', () => {
    fc.assert(
      fc.property(clocks, lengths, fc.array(lengths, { minLength: 2, maxLength: 3 }), (clock, untilMs, parts) => {
        const from = later(clock.startedAt, untilMs);
        let inParts = clock;
        let until = from;
        for (const partMs of parts) {
          inParts = pausedFor(inParts, until, later(until, partMs));
          until = later(until, partMs);
        }
        expect(dueAt(inParts)).toBe(dueAt(pausedFor(clock, from, until)));
      }),
      { numRuns: 3_000 },
    );
  });

  it('adds up with others that follow it later, each by its length', () => {
    fc.assert(
      fc.property(clocks, fc.array(fc.tuple(lengths, lengths), { maxLength: 4 }), (clock, story) => {
        let [paused, now, moved] = [clock, clock.startedAt, 0];
        for (const [runsMs, lengthMs] of story) {
          const from = later(now, runsMs + SECOND_MS);
          now = later(from, lengthMs);
          if (from < (dueAt(paused) ?? '')) moved += between(clock, from, now);
          paused = pausedFor(paused, from, now);
        }
        expect(between(clock, dueAt(clock) ?? '', dueAt(paused) ?? '')).toBe(moved);
      }),
      { numRuns: 1_500 },
    );
  });
});
