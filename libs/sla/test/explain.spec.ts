import { instantOf, MINUTE_MS, msOf } from '@onedoor/kernel';
import fc from 'fast-check';
import { type Clock, dueAt, explain, pauseClock, restartClock, resumeClock, startClock } from '../src/index.js';
import { places, targets } from './arbitraries.js';
import { at, boston, clockOf } from './fixtures.js';

const monday = at('2026-11-09 16:00:00');
const wait = 'waiting for the resident';
const pausedFor = (clock: Clock, from: string, to: string): Clock => resumeClock(pauseClock(clock, at(from), wait), at(to));

describe('an explanation', () => {
  it.each<[string, Clock]>([
    [
      'due Fri, Nov 13, 4:00 PM because: 3 business days from Mon, Nov 9, 4:00 PM, Veterans Day skipped',
      clockOf(3, 'business_days', monday),
    ],
    [
      'due Tue, Nov 17, 4:00 PM because: 3 business days from Mon, Nov 9, 4:00 PM, ' +
        'Veterans Day skipped, paused 16 hours of business time (waiting for the resident)',
      pausedFor(clockOf(3, 'business_days', monday), '2026-11-10 10:00:00', '2026-11-13 10:00:00'),
    ],
    [
      'due Thu, Nov 12, 11:00 AM because: 4 business hours from Tue, Nov 10, 3:00 PM, Veterans Day skipped',
      clockOf(4, 'business_hours', at('2026-11-10 15:00:00')),
    ],
    [
      'due Tue, Nov 10, 12:30 PM because: 30 minutes of business time from Mon, Nov 9, 4:00 PM, ' +
        'paused 2 hours 30 minutes of business time (waiting for the resident), ' +
        '1 hour 30 minutes of business time from Tue, Nov 10, 11:00 AM',
      pausedFor(clockOf(2, 'business_hours', monday), '2026-11-09 16:30:00', '2026-11-10 11:00:00'),
    ],
    [
      'due Thu, Nov 12, 10:00 AM because: 7 hours of business time from Tue, Nov 10, 10:00 AM, ' +
        'Veterans Day skipped, paused 0 minutes of business time (waiting for the resident), ' +
        '1 hour of business time from Wed, Nov 11, 12:00 PM',
      pausedFor(clockOf(8, 'business_hours', at('2026-11-10 10:00:00')), '2026-11-11 10:00:00', '2026-11-11 12:00:00'),
    ],
    [
      'due Thu, Jul 7, 8:30 AM because: Sat, Jul 2 is no business day and so counts as Mon, Jul 4, ' +
        '6:00 PM, starts Tue, Jul 5, 8:30 AM because that is not before 5:00 PM, ' +
        '2 business days from Tue, Jul 5, 8:30 AM',
      clockOf(2, 'business_days', at('2011-07-02 18:00:00'), boston),
    ],
    [
      'due Thu, Nov 12, 10:00 AM because: restarted Wed, Nov 11, 10:00 AM (reopened), ' + '1 calendar day from Wed, Nov 11, 10:00 AM',
      restartClock(clockOf(1, 'calendar_days', monday), at('2026-11-11 10:00:00'), 'reopened'),
    ],
    ['due Tue, Nov 10, 12:00 AM because: 8 hours from Mon, Nov 9, 4:00 PM', clockOf(8, 'elapsed_hours', monday)],
    [
      'paused since Tue, Nov 10, 10:00 AM (waiting for the resident), until then: ' + '2 hours of business time from Mon, Nov 9, 4:00 PM',
      pauseClock(clockOf(8, 'business_hours', monday), at('2026-11-10 10:00:00'), wait),
    ],
    [
      'paused since Fri, Nov 13, 10:00 AM (waiting for the resident), until then: ' +
        'running from Mon, Nov 9, 4:00 PM to Tue, Nov 10, 9:00 AM, paused from Tue, Nov 10, ' +
        '9:00 AM to Tue, Nov 10, 3:00 PM (waiting for the resident), running from Tue, Nov 10, ' +
        '3:00 PM to Fri, Nov 13, 10:00 AM, Veterans Day skipped',
      pauseClock(
        pausedFor(clockOf(5, 'business_days', monday), '2026-11-10 09:00:00', '2026-11-10 15:00:00'),
        at('2026-11-13 10:00:00'),
        wait,
      ),
    ],
    [
      'paused since Tue, Nov 10, 10:00 AM (waiting for the resident), but was already due Mon, Nov 9, ' +
        '5:00 PM because: 1 business hour from Mon, Nov 9, 4:00 PM',
      pauseClock(clockOf(1, 'business_hours', monday), at('2026-11-10 10:00:00'), wait),
    ],
  ])('says: %s', (sentence, clock) => {
    expect(explain(clock).sentence).toBe(sentence);
  });

  it('names a closure of several days once', () => {
    const holidays = ['2026-11-10', '2026-11-11', '2026-11-12'].map((date) => ({ date, name: 'Snow' }));
    const clock = clockOf(1, 'business_days', monday);
    expect(explain({ ...clock, calendar: { ...clock.calendar, holidays } }).parts.map(({ words }) => words)).toEqual([
      '1 business day from Mon, Nov 9, 4:00 PM, Snow skipped (3 days)',
    ]);
  });

  it('says the same as data: what was counted or paused and in what, why, and which holidays were skipped', () => {
    const dataOf = (clock: Clock) =>
      explain(clock).parts.map(({ kind, amount, unit, reason, holidays }) => [kind, amount, unit, reason, holidays]);
    const HOUR = 60 * MINUTE_MS;
    expect(dataOf(pausedFor(clockOf(3, 'business_days', monday), '2026-11-10 10:00:00', '2026-11-13 10:00:00'))).toEqual([
      ['count', 3, 'business_days', null, ['2026-11-11']],
      ['pause', 16 * HOUR, 'business_milliseconds', wait, []],
    ]);
    expect(
      dataOf({ ...pausedFor(clockOf(3, 'business_days', monday), '2026-11-10 10:00:00', '2026-11-13 10:00:00'), reckoning: 'by_date' }),
    ).toEqual([
      ['count', 3, 'business_days', null, ['2026-11-11']],
      ['pause', 2, 'business_days', wait, []],
    ]);
    expect(dataOf(pausedFor(clockOf(2, 'calendar_days', monday), '2026-11-10 10:00:00', '2026-11-10 12:00:00'))).toEqual([
      ['count', 2, 'calendar_days', null, []],
      ['pause', 2 * HOUR, 'elapsed_milliseconds', wait, []],
    ]);
    expect(dataOf(pausedFor(clockOf(2, 'business_hours', monday), '2026-11-09 16:30:00', '2026-11-10 11:00:00'))).toEqual([
      ['count', 0.5 * HOUR, 'business_milliseconds', null, []],
      ['pause', 2.5 * HOUR, 'business_milliseconds', wait, []],
      ['count', 1.5 * HOUR, 'business_milliseconds', null, []],
    ]);
    expect(dataOf(clockOf(8, 'elapsed_hours', monday))).toEqual([['count', 8 * HOUR, 'elapsed_milliseconds', null, []]]);
    expect(dataOf(clockOf(2, 'business_days', at('2011-07-02 18:00:00'), boston))).toEqual([
      ['next_business_day', null, null, null, []],
      ['cut_off', null, null, null, []],
      ['count', 2, 'business_days', null, []],
    ]);
    expect(dataOf(restartClock(clockOf(1, 'calendar_days', monday), at('2026-11-11 10:00:00'), 'reopened'))[0]).toEqual([
      'restart',
      null,
      null,
      'reopened',
      [],
    ]);
  });

  it('is a chain from the start to the due instant, or to the pause, for every unit and history', () => {
    const happenings = fc.array(fc.tuple(fc.constantFrom('pause', 'pause', 'restart'), fc.nat(3_000), fc.nat(59_999)), { maxLength: 6 });
    fc.assert(
      fc.property(places, targets, happenings, ({ calendar, startMs }, target, story) => {
        let clock = startClock({ milestone: 'resolve', startedAt: instantOf(startMs), target, calendar, warnings: [] });
        let nowMs = startMs;
        for (const [kind, minutes, ms] of story) {
          nowMs += minutes * MINUTE_MS + ms;
          const now = instantOf(nowMs);
          if (clock.pauses.at(-1)?.to === null) clock = kind === 'restart' ? restartClock(clock, now, 'reopened') : resumeClock(clock, now);
          else clock = kind === 'restart' ? restartClock(clock, now, 'reopened') : pauseClock(clock, now, wait);
          const { parts, sentence } = explain(clock);
          expect(parts[0]?.from).toBe(clock.startedAt);
          for (const [index, part] of parts.slice(1).entries()) expect(part.from).toBe(parts[index]?.to);
          for (const part of parts) {
            expect(part.from <= part.to).toBe(true);
            expect(sentence).toContain(part.words);
          }
          const end = parts.at(-1)?.to ?? '';
          const due = dueAt(clock);
          const spentMs = parts.reduce((sum, part) => sum + msOf(part.to) - msOf(part.from), 0);
          expect(instantOf(msOf(clock.startedAt) + spentMs)).toBe(end);
          if (due !== null) expect(end).toBe(due);
          else if (sentence.includes('already due')) expect(end <= (clock.pauses.at(-1)?.from ?? '')).toBe(true);
          else expect(end).toBe(clock.pauses.at(-1)?.from);
        }
      }),
      { numRuns: 600 },
    );
  });
});
