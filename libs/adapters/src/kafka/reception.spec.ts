import { numbered } from '../../test/kafka-world.js';
import { type PartitionPage, Reception } from './reception.js';

const open = (): AbortSignal => new AbortController().signal;
const page = (partition: number, onKept: () => void = () => undefined): PartitionPage => ({
  partition,
  messages: [numbered(partition, 3)],
  keep: async () => onKept(),
});

describe('the reception of a group', () => {
  it('lets pages wait until somebody consumes, and keeps them once they are handled', async () => {
    const reception = new Reception();
    const told: string[] = [];
    const handed = reception.hand(
      page(0, () => told.push('kept')),
      open(),
    );
    reception.open(async () => void told.push('handled'), open());
    expect(await handed).toBe(true);
    expect(told).toEqual(['handled', 'kept']);
  });

  it('hands a page again until it is taken, while other partitions go on', async () => {
    const reception = new Reception();
    const handled: number[] = [];
    reception.open(async ([message]) => {
      const partition = Number(message?.event.id);
      handled.push(partition);
      if (partition === 0 && handled.filter((each) => each === 0).length < 3) throw new Error('not yet');
    }, open());
    await Promise.all([reception.hand(page(0), open()), reception.hand(page(1), open())]);
    expect(handled).toEqual([0, 1, 0, 0]);
  });

  it('has one page of a partition in hand, even over the end of a generation', async () => {
    const reception = new Reception();
    const generation = new AbortController();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let atOnce = 0;
    let most = 0;
    reception.open(async () => {
      most = Math.max(most, ++atOnce);
      await released;
      atOnce -= 1;
    }, open());
    const before = reception.hand(page(0), generation.signal);
    generation.abort();
    const after = reception.hand(page(0), open());
    release();
    expect(await Promise.all([before, after])).toEqual([true, true]);
    expect(most).toBe(1);
  });

  it('hands nothing of a generation that is over', async () => {
    const reception = new Reception();
    const generation = new AbortController();
    const handed = reception.hand(page(0), generation.signal);
    generation.abort();
    expect(await handed).toBe(false);
  });

  it('shuts when the page in hand is done', async () => {
    const reception = new Reception();
    const told: string[] = [];
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    reception.open(() => released, open());
    const handed = reception.hand(
      page(0, () => told.push('kept')),
      open(),
    );
    const shut = reception.shut().then(() => told.push('shut'));
    release();
    await Promise.all([handed, shut]);
    expect(told).toEqual(['kept', 'shut']);
  });
});
