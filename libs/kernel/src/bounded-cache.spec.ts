import { BoundedCache } from './bounded-cache.js';

describe('a bounded cache', () => {
  it('evicts the entry used longest ago', () => {
    const cache = new BoundedCache<string, number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    cache.get('a');
    cache.set('c', 3);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  });

  it('a value set again is the newest, and a deleted one is absent', () => {
    const cache = new BoundedCache<string, number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    cache.set('a', 10);
    cache.set('c', 3);
    cache.delete('c');
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([10, undefined, undefined]);
  });
});

describe('a cache bounded by weight', () => {
  const of = (count: number): string => 'x'.repeat(count);
  const cache = (): BoundedCache<string, string> => new BoundedCache<string, string>(100, ({ length }) => length);

  it('holds no more than its capacity in sum, but for one value that is larger by itself', () => {
    const bounded = cache();
    for (let entry = 0; entry < 1_000; entry++) {
      bounded.set(`entry-${entry % 37}`, of(entry % 23));
      expect(bounded.weight).toBeLessThanOrEqual(100);
    }
    bounded.set('large', of(500));
    expect(bounded.get('large')).toHaveLength(500);
    bounded.set('small', of(1));
    bounded.set('other', of(50));
    expect(bounded.weight).toBeLessThanOrEqual(51);
  });

  it('counts a value that grows, and one that is deleted', () => {
    const bounded = cache();
    bounded.set('a', of(10));
    bounded.set('a', of(30));
    expect(bounded.weight).toBe(30);
    bounded.set('a', of(60));
    bounded.delete('a');
    expect([bounded.get('a'), bounded.weight]).toEqual([undefined, 0]);
  });
});
