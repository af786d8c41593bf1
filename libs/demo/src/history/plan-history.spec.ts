import fc from 'fast-check';
import { instantOf } from '@onedoor/kernel';
import { DEMO_ACCOUNTS } from '../accounts.js';
import { HISTORY_MS, planHistory } from './plan-history.js';

const NOON = '2026-06-17T16:00:00.000Z';
const anyNow = fc.integer({ min: Date.UTC(2025, 8, 1), max: Date.UTC(2029, 11, 31) }).map(instantOf);

describe('the plan of a past', () => {
  it('is the same for the same day and number of cases', () => {
    expect(planHistory(NOON, 60)).toEqual(planHistory(NOON, 60));
    expect(planHistory(NOON, 60)).not.toEqual(planHistory('2026-06-17T17:00:00.000Z', 60));
  });

  it('has as many cases as are asked for, and one of everything where these are too few', () => {
    expect(planHistory(NOON, 200).stories).toHaveLength(199);
    expect(planHistory(NOON, 1).stories).toHaveLength(planHistory(NOON, 2).stories.length);
  });

  it('tells each story once, in order, by accounts that exist, between the founding of the city and now', () => {
    fc.assert(
      fc.property(anyNow, (now) => {
        const { stories, last } = planHistory(now, 40);
        const all = [...stories, last];
        expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
        for (const { at, steps } of all) {
          const instants = [at, ...steps.map((step) => step.at)];
          expect(instants).toEqual([...instants].sort());
          expect(Date.parse(at)).toBeGreaterThan(Date.parse(now) - HISTORY_MS);
          expect([...instants, now].sort().at(-1)).toBe(now);
          for (const { by } of steps) expect(DEMO_ACCOUNTS.map(({ id }) => id)).toContain(by);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('has only contacts that belong to no real person', () => {
    const contacts = planHistory(NOON, 200).stories.flatMap(({ report }) => report.contact ?? []);
    expect(contacts.length).toBeGreaterThan(50);
    for (const { email, phone = '+1 207 555 0100' } of contacts) {
      expect(email).toMatch(/^[a-z]+\.[a-z]+@example\.org$/);
      expect(phone).toMatch(/^\+1 207 555 01\d\d$/);
    }
    expect(new Set(planHistory(NOON, 200).stories.map(({ report }) => report.language))).toEqual(new Set(['en', 'es']));
  });
});
