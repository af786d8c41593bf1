import type { EventStore } from '@onedoor/engine';
import { subscribeContract } from './event-store-subscribe.contract.js';
import { type EventStoreUnderTest, readLog, sampleEvent, sampleEvents } from './event-store-under-test.js';

const WRITERS = 8;
const EVENTS_PER_WRITER = 12;

/** The guarantees of every event store. `open` gives a new and empty one each time. */
export function eventStoreContract(name: string, open: () => Promise<EventStoreUnderTest>): void {
  describe(`${name} as an event store`, () => {
    appendContract(open);
    subscribeContract(open);
  });
}

/** Writing and reading single streams. */
function appendContract(open: () => Promise<EventStoreUnderTest>): void {
  describe('append and read', () => {
    let underTest: EventStoreUnderTest;
    let store: EventStore;
    beforeEach(async () => {
      underTest = await open();
      store = underTest.store;
    });
    afterEach(() => underTest.close());
    const ids = async (stream: string, from = 0, limit = 1_000) => (await store.read(stream, from, limit)).map(({ id }) => id);

    it('keeps an event whole', async () => {
      const data = { text: 'Ünïcode 🕳️ "quoted"\n', list: [1, null, { deep: true }], zero: 0, long: 'x'.repeat(100_000) };
      const event = { ...sampleEvent('whole', data), v: 3 };
      const answer = await store.append('note-1', 'no-stream', [event]);
      const position = await store.head();
      expect(answer).toEqual({ outcome: 'appended', revision: 0, position });
      expect(await store.read('note-1', 0, 10)).toEqual([{ ...event, stream: 'note-1', revision: 0, position }]);
    });

    it('appends several events at consecutive revisions', async () => {
      await store.append('note-1', 'no-stream', sampleEvents('first', 2));
      expect(await store.append('note-1', 1, sampleEvents('second', 3))).toMatchObject({ outcome: 'appended', revision: 4 });
      expect((await store.read('note-1', 0, 10)).map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
    });

    it('reads from a revision on, and no more than asked for', async () => {
      await store.append('note-1', 'no-stream', sampleEvents('e', 5));
      await store.append('note-2', 'no-stream', sampleEvents('other', 1));
      expect(await ids('note-1', 2, 2)).toEqual(['e.2', 'e.3']);
      expect(await ids('note-1', 4)).toEqual(['e.4']);
      expect(await ids('note-1', 5)).toEqual([]);
      expect(await ids('note-absent')).toEqual([]);
    });

    it('answers a conflict with the actual revision, and writes nothing', async () => {
      await store.append('note-1', 'no-stream', sampleEvents('e', 3));
      expect(await store.append('note-1', 'no-stream', [sampleEvent('x')])).toEqual({ outcome: 'conflict', actual: 2 });
      expect(await store.append('note-1', 1, sampleEvents('y', 2))).toEqual({ outcome: 'conflict', actual: 2 });
      expect(await store.append('note-1', 3, [sampleEvent('z')])).toEqual({ outcome: 'conflict', actual: 2 });
      expect(await store.append('note-2', 0, [sampleEvent('z')])).toEqual({ outcome: 'conflict', actual: null });
      expect((await readLog(store)).events.map(({ id }) => id)).toEqual(['e.0', 'e.1', 'e.2']);
    });

    it('answers a retry as the first time, even when the stream has moved on', async () => {
      const first = await store.append('note-1', 'no-stream', sampleEvents('a', 2));
      const second = await store.append('note-1', 1, sampleEvents('b', 2));
      await store.append('note-1', 3, [sampleEvent('c')]);
      expect(await store.append('note-1', 'no-stream', sampleEvents('a', 2))).toEqual(first);
      expect(await store.append('note-1', 1, sampleEvents('b', 2))).toEqual(second);
      expect(await ids('note-1')).toEqual(['a.0', 'a.1', 'b.0', 'b.1', 'c']);
    });

    it('takes nothing for a retry that is not the same events at the same place', async () => {
      await store.append('note-1', 'no-stream', sampleEvents('a', 3));
      const conflict = { outcome: 'conflict', actual: 2 };
      expect(await store.append('note-1', 'no-stream', [sampleEvent('a.0'), sampleEvent('other')])).toEqual(conflict);
      expect(await store.append('note-1', 1, [sampleEvent('a.1')])).toEqual(conflict);
      expect(await store.append('note-1', 1, [sampleEvent('a.2'), sampleEvent('a.3')])).toEqual(conflict);
    });

    it('lets exactly one of many writers have each revision', async () => {
      const won: number[] = [];
      const write = async (writer: number): Promise<void> => {
        let expected: number | 'no-stream' = 'no-stream';
        for (let index = 0; index < EVENTS_PER_WRITER;) {
          const answer = await store.append('note-1', expected, [sampleEvent(`${writer}.${index}`)]);
          if (answer.outcome === 'appended') {
            won.push(answer.revision);
            expected = answer.revision;
            index++;
          } else {
            expected = answer.actual ?? 'no-stream';
          }
        }
      };
      await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
      const revisions = Array.from({ length: WRITERS * EVENTS_PER_WRITER }, (_, revision) => revision);
      expect(won.sort((one, other) => one - other)).toEqual(revisions);
      expect((await store.read('note-1', 0, 1_000)).map(({ revision }) => revision)).toEqual(revisions);
    });

    it('lets one of several equal appends at once win, and answers the rest as retries of it', async () => {
      const answers = await Promise.all(Array.from({ length: 5 }, () => store.append('note-1', 'no-stream', sampleEvents('same', 2))));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(await ids('note-1')).toEqual(['same.0', 'same.1']);
    });
  });
}
