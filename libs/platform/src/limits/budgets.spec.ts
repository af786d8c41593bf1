import fc from 'fast-check';
import { Budgets } from './budgets.js';

const NOON = Date.UTC(2026, 2, 2, 12);

describe('what a client may spend in a minute', () => {
  it('is spent at once or piece by piece, and comes back evenly', () => {
    const budgets = new Budgets(60);
    expect([40, 20, 1].map((cost) => budgets.spend('a', cost, NOON))).toEqual([null, null, 1]);
    expect(budgets.spend('a', 31, NOON + 30_000)).toBe(1);
    expect(budgets.spend('a', 30, NOON + 30_000)).toBeNull();
    expect(budgets.spend('a', 60, NOON + 30_000)).toBe(60);
  });

  it("is each client's own", () => {
    const budgets = new Budgets(10);
    expect(budgets.spend('a', 10, NOON)).toBeNull();
    expect(budgets.spend('b', 10, NOON)).toBeNull();
    expect(budgets.spend('a', 1, NOON)).toBe(6);
  });

  it('pays for a piece that costs more than all of it by a full budget', () => {
    const budgets = new Budgets(10);
    expect(budgets.spend('a', 50, NOON)).toBeNull();
    expect(budgets.spend('a', 50, NOON + 59_000)).toBe(1);
    expect(budgets.spend('a', 50, NOON + 60_000)).toBeNull();
  });

  it('is neither filled nor taken away by a clock that is set back', () => {
    const budgets = new Budgets(10);
    expect(budgets.spend('a', 5, NOON)).toBeNull();
    expect(budgets.spend('a', 5, NOON - 3_600_000)).toBeNull();
    expect(budgets.spend('a', 1, NOON - 3_600_000)).toBe(6);
  });

  it('has no bound where there is no limit', () => {
    expect(new Budgets(0).spend('a', 1e9, NOON)).toBeNull();
  });

  it('lets no client spend more than a budget, and what a minute fills, in a minute', () => {
    const spending = fc.record({ afterMs: fc.integer({ min: 0, max: 5_000 }), cost: fc.integer({ min: 1, max: 10 }) });
    fc.assert(
      fc.property(fc.array(spending, { maxLength: 100 }), (all) => {
        const budgets = new Budgets(10);
        let nowMs = NOON;
        const paid: { readonly atMs: number; readonly cost: number }[] = [];
        for (const { afterMs, cost } of all) {
          nowMs += afterMs;
          if (budgets.spend('a', cost, nowMs) === null) paid.push({ atMs: nowMs, cost });
        }
        for (const { atMs } of paid) {
          const within = paid.filter((each) => each.atMs >= atMs && each.atMs < atMs + 60_000);
          expect(within.reduce((sum, { cost }) => sum + cost, 0)).toBeLessThanOrEqual(20);
        }
      }),
    );
  });
});
