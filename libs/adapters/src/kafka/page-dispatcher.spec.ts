import { numbered } from '../../test/kafka-world.js';
import { type PartitionPage, PageDispatcher } from './page-dispatcher.js';

const never = (): AbortSignal => new AbortController().signal;
const page = (partition: number, onCommitted: () => void = () => undefined): PartitionPage => ({
  partition,
  messages: [numbered(partition, 3)],
  commit: async () => onCommitted(),
});

describe('the page dispatcher of a group', () => {
  it('lets pages wait until a handler is attached, and commits them once they are handled', async () => {
    const dispatcher = new PageDispatcher();
    const told: string[] = [];
    const dispatched = dispatcher.dispatch(
      page(0, () => told.push('committed')),
      never(),
    );
    dispatcher.attach(async () => void told.push('handled'), never());
    expect(await dispatched).toBe(true);
    expect(told).toEqual(['handled', 'committed']);
  });

  it('delivers a page again until its handler succeeds, while other partitions go on', async () => {
    const dispatcher = new PageDispatcher();
    const handled: number[] = [];
    dispatcher.attach(async ([message]) => {
      const partition = Number(message?.event.id);
      handled.push(partition);
      if (partition === 0 && handled.filter((each) => each === 0).length < 3) throw new Error('not yet');
    }, never());
    await Promise.all([dispatcher.dispatch(page(0), never()), dispatcher.dispatch(page(1), never())]);
    expect(handled).toEqual([0, 1, 0, 0]);
  });

  it('has one page of a partition in progress, even across the end of a generation', async () => {
    const dispatcher = new PageDispatcher();
    const generation = new AbortController();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let atOnce = 0;
    let most = 0;
    dispatcher.attach(async () => {
      most = Math.max(most, ++atOnce);
      await released;
      atOnce -= 1;
    }, never());
    const before = dispatcher.dispatch(page(0), generation.signal);
    generation.abort();
    const after = dispatcher.dispatch(page(0), never());
    release();
    expect(await Promise.all([before, after])).toEqual([true, true]);
    expect(most).toBe(1);
  });

  it('delivers nothing of a generation that is over', async () => {
    const dispatcher = new PageDispatcher();
    const generation = new AbortController();
    const dispatched = dispatcher.dispatch(page(0), generation.signal);
    generation.abort();
    expect(await dispatched).toBe(false);
  });

  it('is detached when the page in progress is done', async () => {
    const dispatcher = new PageDispatcher();
    const told: string[] = [];
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    dispatcher.attach(() => released, never());
    const dispatched = dispatcher.dispatch(
      page(0, () => told.push('committed')),
      never(),
    );
    const detached = dispatcher.detach().then(() => told.push('detached'));
    release();
    await Promise.all([dispatched, detached]);
    expect(told).toEqual(['committed', 'detached']);
  });
});
