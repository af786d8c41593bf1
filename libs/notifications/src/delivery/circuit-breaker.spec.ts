import { CircuitBreaker } from './circuit-breaker.js';

let breaker: CircuitBreaker;

beforeEach(() => {
  breaker = new CircuitBreaker();
});

describe('a circuit breaker', () => {
  it('lets every call in while the server answers', () => {
    expect([breaker.enter(0), breaker.enter(0), breaker.enter(0)]).toEqual([true, true, true]);
  });

  it('lets no call in for a second after a miss, then one at a time', () => {
    expect(breaker.open(0)).toBe(1_000);
    expect(breaker.enter(999)).toBe(false);
    expect([breaker.enter(1_000), breaker.enter(1_000)]).toEqual([true, false]);
    breaker.leave();
    expect(breaker.enter(1_000)).toBe(true);
  });

  it('waits twice as long after each miss, a minute at most', () => {
    let nowMs = 0;
    const pauses = Array.from({ length: 9 }, () => {
      const pause = breaker.open(nowMs);
      nowMs += pause;
      return pause / 1_000;
    });
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('takes what was under way together for one miss', () => {
    expect([breaker.open(0), breaker.open(10), breaker.open(400)]).toEqual([1_000, 990, 600]);
  });

  it('begins anew once there is an answer', () => {
    breaker.open(0);
    breaker.open(1_000);
    breaker.enter(3_000);
    breaker.close();
    breaker.leave();
    expect([breaker.enter(3_000), breaker.enter(3_000)]).toEqual([true, true]);
    expect(breaker.open(4_000)).toBe(1_000);
  });
});
