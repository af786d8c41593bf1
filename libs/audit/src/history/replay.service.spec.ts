import { openMemory, type MemoryData } from '@onedoor/adapters';
import { Unavailable, type EventStore, type RecordedEvent } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import { AlarmLog, HastyClock, shortAnswers, toRecord } from '@onedoor/testkit';
import { replay, type AuditedStream } from './replay.service.js';

const REFERENCE = '9AN03NQK8NE';
const at = (hour: number): Instant => `2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`;

const wordsOf = (events: readonly RecordedEvent[]): readonly unknown[] => events.map(({ data }) => (data as { word: string }).word);
const audited = (category: string): AuditedStream => ({
  category,
  shownIn: { name: `${category}_documents`, version: 1, indexes: [] },
  describe: ({ data }) => `Said ${(data as { word: string }).word}`,
  present: (events) => (events.length === 0 ? null : { words: wordsOf(events) }),
});
const STREAMS = [audited('request'), audited('case')];

let data: MemoryData;
let store: EventStore;
let ports: Parameters<typeof replay>[0];
beforeEach(() => {
  data = openMemory();
  ({ store } = data);
  ports = { ...data, clock: new HastyClock(at(20)), alarm: new AlarmLog().alarm };
});

let revisions: Record<string, number> = {};
beforeEach(() => {
  revisions = {};
});

/** Said at one hour and, where it differs, written down at another. */
async function say(category: string, word: string, happened: number, recorded = happened, commandId?: string): Promise<void> {
  const stream = `${category}-${REFERENCE}`;
  const revision = revisions[stream];
  const event = toRecord(
    { type: 'Said', at: at(happened), data: { word } },
    { recordedAt: at(recorded), ...(commandId !== undefined && { commandId }) },
  );
  await store.append(stream, revision ?? 'no-stream', [event]);
  revisions[stream] = (revision ?? -1) + 1;
}

/** A request, the case it led to, and what was told since. */
async function aStory(): Promise<void> {
  await say('request', 'submitted', 8);
  await say('case', 'opened', 8, 9);
  await say('request', 'told', 8, 10);
  await say('case', 'closed', 12);
}

const told = async (asOf: Instant | null): Promise<readonly string[] | undefined> =>
  (await replay(ports, STREAMS, REFERENCE, asOf))?.timeline.map(({ summary }) => summary);

describe('replaying a reference', () => {
  it('tells the whole story, across its streams, in the order of the log', async () => {
    await aStory();
    expect(await told(null)).toEqual(['Said submitted', 'Said opened', 'Said told', 'Said closed']);
    expect(await replay(ports, STREAMS, REFERENCE, null)).toMatchObject({
      reference: REFERENCE,
      asOf: null,
      states: { request: { words: ['submitted', 'told'] }, case: { words: ['opened', 'closed'] } },
    });
  });

  it('says of each event when it happened, when it was written, who caused it and why', async () => {
    await say('request', 'submitted', 8, 9, 'command-1');
    expect((await replay(ports, STREAMS, REFERENCE, null))?.timeline).toEqual([
      {
        position: await store.head(),
        at: at(8),
        recordedAt: at(9),
        stream: `request-${REFERENCE}`,
        type: 'Said',
        actor: 'system:testkit',
        cause: 'command-1',
        summary: 'Said submitted',
      },
    ]);
  });

  it('names the event that led to one before the command that carried it', async () => {
    const event = toRecord({ type: 'Said', at: at(8), data: { word: 'opened' } });
    await store.append(`case-${REFERENCE}`, 'no-stream', [{ ...event, metadata: { ...event.metadata, causationId: 'cause-1' } }]);
    expect((await replay(ports, STREAMS, REFERENCE, null))?.timeline[0]?.cause).toBe('cause-1');
  });

  it('as of an instant knows what was written by then, that instant included', async () => {
    await aStory();
    expect(await told(at(9))).toEqual(['Said submitted', 'Said opened']);
    expect(await told('2026-03-02T08:59:59.999Z')).toEqual(['Said submitted']);
    expect(await told(at(12))).toHaveLength(4);
  });

  it('goes by when it was written, not by when it happened', async () => {
    await say('request', 'submitted', 8, 11);
    expect(await told(at(10))).toEqual([]);
    expect(await told(at(11))).toEqual(['Said submitted']);
  });

  it('before the first event knows of nothing, yet the reference exists', async () => {
    await aStory();
    expect(await replay(ports, STREAMS, REFERENCE, at(7))).toEqual({
      reference: REFERENCE,
      asOf: at(7),
      states: { request: null, case: null },
      timeline: [],
    });
  });

  it('has no state of a stream that had not begun', async () => {
    await aStory();
    expect((await replay(ports, STREAMS, REFERENCE, at(8)))?.states).toEqual({ request: { words: ['submitted'] }, case: null });
  });

  it('of a reference that was never used is null', async () => {
    await aStory();
    expect(await replay(ports, STREAMS, '9AN0000000X', null)).toBeNull();
    expect(await replay(ports, STREAMS, '9AN0000000X', at(23))).toBeNull();
  });
});

describe('replaying over a log that answers too little', () => {
  const tellShort = (reads: readonly number[]) => replay({ ...ports, store: shortAnswers(store, { reads }) }, STREAMS, REFERENCE, null);

  beforeEach(async () => {
    await aStory();
    for (const { shownIn, category } of STREAMS) {
      const last = (await store.read(`${category}-${REFERENCE}`, 0, 10)).at(-1);
      await data.readModels.apply(shownIn, [{ id: REFERENCE, position: last?.position ?? '', body: {} }]);
    }
  });

  it('tells the whole story, or none', async () => {
    const whole = await replay(ports, STREAMS, REFERENCE, null);
    for (const reads of [[0], [0.5, 0.5], [0, 0, 0, 0], [0.5, 0, 0, 0.9]]) expect(await tellShort(reads)).toEqual(whole);
    await expect(tellShort(Array<number>(100).fill(0))).rejects.toThrow(Unavailable);
  });

  it('is not stopped by what documents show of another log', async () => {
    await data.readModels.apply(STREAMS[0]?.shownIn ?? { name: '', version: 1, indexes: [] }, [
      { id: REFERENCE, position: 'other:0000000000000009', body: {} },
    ]);
    expect((await replay(ports, STREAMS, REFERENCE, null))?.timeline).toHaveLength(4);
  });
});
