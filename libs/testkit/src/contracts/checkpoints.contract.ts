import type { Checkpoints } from '@onedoor/engine';

interface CheckpointsUnderTest {
  readonly checkpoints: Checkpoints;
  close(): Promise<void>;
}

export interface CheckpointsContractOptions {
  /** False for a substitute server without atomic updates: the test of concurrent writers is skipped. */
  readonly hasAtomicUpdates?: boolean;
}

/** The guarantees of every store of checkpoints. `open` gives a new and empty one each time. */
export function checkpointsContract(
  name: string,
  open: () => Promise<CheckpointsUnderTest>,
  { hasAtomicUpdates = true }: CheckpointsContractOptions = {},
): void {
  describe(`${name} as checkpoints`, () => {
    let underTest: CheckpointsUnderTest;
    let checkpoints: Checkpoints;
    beforeEach(async () => {
      underTest = await open();
      checkpoints = underTest.checkpoints;
    });
    afterEach(() => underTest.close());

    it('answers null for a name that was never written', async () => {
      expect(await checkpoints.load('worker')).toBeNull();
    });

    it('advances from the current position, each name independently', async () => {
      expect(await checkpoints.advance('worker', null, 'p1')).toBe(true);
      expect(await checkpoints.advance('worker', 'p1', 'p2')).toBe(true);
      expect(await checkpoints.advance('other', null, 'p1')).toBe(true);
      expect([await checkpoints.load('worker'), await checkpoints.load('other')]).toEqual(['p2', 'p1']);
    });

    it('does not advance from a position that is not the current one', async () => {
      expect(await checkpoints.advance('worker', 'p1', 'p2')).toBe(false);
      await checkpoints.advance('worker', null, 'p5');
      expect(await checkpoints.advance('worker', null, 'p6')).toBe(false);
      expect(await checkpoints.advance('worker', 'p4', 'p6')).toBe(false);
      expect(await checkpoints.advance('worker', 'p4', null)).toBe(false);
      expect(await checkpoints.load('worker')).toBe('p5');
    });

    it('can be set back, and removed', async () => {
      await checkpoints.advance('worker', null, 'p5');
      expect(await checkpoints.advance('worker', 'p5', 'p1')).toBe(true);
      expect(await checkpoints.advance('worker', 'p1', null)).toBe(true);
      expect(await checkpoints.load('worker')).toBeNull();
      expect(await checkpoints.advance('worker', null, 'p9')).toBe(true);
    });

    (hasAtomicUpdates ? it : it.skip)('lets exactly one of many concurrent writers advance it', async () => {
      await checkpoints.advance('worker', null, 'start');
      const rivals = Array.from({ length: 20 }, (_, index) => `rival-${index}`);
      const outcomes = await Promise.all(rivals.map((rival) => checkpoints.advance('worker', 'start', rival)));
      expect(outcomes.filter((hasMoved) => hasMoved)).toHaveLength(1);
      expect(await checkpoints.load('worker')).toBe(rivals[outcomes.indexOf(true)]);
    });
  });
}
