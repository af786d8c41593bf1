import { missedIn, Progress, targetOf, waitingIn } from './progress.js';

const ends = (low: number, high: number) => ({ low: BigInt(low), high: BigInt(high) });

describe('the progress of a group', () => {
  it('reaches a target when every partition has passed it', () => {
    const progress = new Progress();
    const target = targetOf(
      new Map([
        [0, ends(0, 5)],
        [1, ends(0, 3)],
      ]),
    );
    progress.note(0, 5n);
    expect(progress.hasReached(target)).toBe(false);
    progress.noteAll(new Map([[1, 4n]]));
    expect(progress.hasReached(target)).toBe(true);
  });

  it('never goes back', () => {
    const progress = new Progress();
    progress.note(0, 5n);
    progress.note(0, 2n);
    expect(progress.hasReached(new Map([[0, 5n]]))).toBe(true);
  });

  it('need not reach the end of a partition in which nothing is left', () => {
    expect(
      targetOf(
        new Map([
          [0, ends(7, 7)],
          [1, ends(2, 7)],
        ]),
      ),
    ).toEqual(new Map([[1, 7n]]));
  });

  it('leaves those messages waiting that are kept and not passed', () => {
    expect(
      waitingIn(
        new Map([
          [0, ends(0, 5)],
          [1, ends(3, 9)],
          [2, ends(4, 6)],
        ]),
        new Map([
          [0, 2n],
          [1, 1n],
        ]),
      ),
    ).toBe(3 + 6 + 2);
  });

  it('has missed what retention removed before it was passed', () => {
    expect(missedIn(ends(10, 20), 4n)).toBe(6);
    expect(missedIn(ends(10, 20), 10n)).toBe(0);
    expect(missedIn(ends(10, 20), undefined)).toBe(0);
  });
});
