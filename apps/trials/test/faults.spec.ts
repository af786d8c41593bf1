import { Tally, totalsOf } from '../src/faults/trial.js';

const tally = (): Tally => new Tally(() => undefined);

describe('what trials of faults find', () => {
  it('is sound where faults were inflicted and nothing was found', () => {
    const [one, skipping] = [tally(), tally()];
    one.fault(3);
    one.acknowledged(10);
    skipping.skip('a full disk', 'not permitted');
    expect(totalsOf([one.result, skipping.result])).toEqual({
      faults: 3,
      acknowledged: 10,
      skipped: 1,
      lost: 0,
      doubled: 0,
      unnamed: 0,
      wrong: 0,
      isSound: true,
    });
  });

  it('is not sound where nothing was tried', () => {
    expect(totalsOf([tally().result]).isSound).toBe(false);
  });

  it.each(['lost', 'doubled', 'unnamed', 'wrong'] as const)('is not sound where something is %s, and says what', (kind) => {
    const one = tally();
    one.fault();
    one.found(kind, 'nothing', 0);
    expect(totalsOf([one.result]).isSound).toBe(true);
    one.found(kind, 'two of them', 2);
    expect(totalsOf([one.result])).toMatchObject({ [kind]: 2, isSound: false });
    expect(one.result.problems).toEqual([`${kind} 2: two of them`]);
  });

  it('counts what a log lacks beside the acknowledgements', () => {
    const one = tally();
    one.log({ lost: 1, missing: ['9K4MS9HH11F'], doubled: 2, withoutOneCase: 3, withoutOnePromise: 4, requests: 9 }, 'a kill');
    expect(totalsOf([one.result])).toMatchObject({ lost: 1, doubled: 2, wrong: 7 });
    expect(one.result.problems[0]).toBe('lost 1: 9K4MS9HH11F: acknowledged and not in the log, after a kill');
  });
});
