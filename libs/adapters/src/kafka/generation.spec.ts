import { Generation } from './generation.js';

describe('a generation', () => {
  it('commits together what was asked for while a commit was under way', async () => {
    const generation = new Generation('city');
    const written: unknown[] = [];
    const first = Promise.withResolvers<void>();
    const write = async (offsets?: unknown): Promise<void> => {
      written.push(offsets);
      if (written.length === 1) await first.promise;
    };
    const commits = [generation.commit(0, 5n, write)];
    await Promise.resolve();
    commits.push(generation.commit(1, 7n, write), generation.commit(0, 8n, write));
    first.resolve();
    await Promise.all(commits);
    const of = (...partitions: readonly unknown[]) => ({ topics: [{ topic: 'city', partitions }] });
    expect(written).toEqual([of({ partition: 0, offset: '5' }), of({ partition: 1, offset: '7' }, { partition: 0, offset: '8' })]);
  });

  it('tells all who asked that a commit was refused, and goes on', async () => {
    const generation = new Generation('city');
    const refuse = () => Promise.reject(new Error('rebalance'));
    const asked = [generation.commit(0, 5n, refuse), generation.commit(1, 5n, refuse)];
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(generation.commit(0, 5n, () => Promise.resolve())).resolves.toBeUndefined();
  });
});
