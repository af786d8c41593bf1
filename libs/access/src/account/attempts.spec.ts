import { Attempts } from './attempts.js';

const NOON = Date.UTC(2026, 2, 2, 12);
const desk = [{ key: 'account streets-desk', most: 3 }];
const deskFromHome = [...desk, { key: 'client 192.0.2.1', most: 2 }];

describe('attempts that fail', () => {
  it('are let through up to the limit, then told when to come back', () => {
    const attempts = new Attempts();
    expect([1, 2, 3, 4].map(() => attempts.take(desk, NOON))).toEqual([null, null, null, 300]);
    expect(attempts.take(desk, NOON + 299_500)).toBe(1);
    expect(attempts.take(desk, NOON + 300_000)).toBeNull();
  });

  it('count for account and client alike, and for neither once one of them has none left', () => {
    const attempts = new Attempts();
    expect([1, 2, 3].map(() => attempts.take(deskFromHome, NOON))).toEqual([null, null, 300]);
    expect(attempts.take(desk, NOON)).toBeNull();
    expect(attempts.take(desk, NOON)).toBe(300);
  });

  it('are given back by one that succeeds, which forgives no other', () => {
    const attempts = new Attempts();
    for (let time = 0; time < 2; time++) attempts.take(desk, NOON);
    for (let time = 0; time < 5; time++) {
      expect(attempts.take(desk, NOON)).toBeNull();
      attempts.giveBack(desk, NOON);
    }
    expect([attempts.take(desk, NOON), attempts.take(desk, NOON)]).toEqual([null, 300]);
  });

  it('take bounded memory: the least recently used key is evicted', () => {
    const attempts = new Attempts();
    for (let time = 0; time < 3; time++) attempts.take(desk, NOON);
    for (let number = 0; number < 40_000; number++) attempts.take([{ key: `account made-up-${number}`, most: 3 }], NOON);
    expect(attempts.take(desk, NOON)).toBeNull();
  });
});
