import { EventEmitter } from 'node:events';
import { ManualClock } from '@onedoor/testkit';
import { streamEvents, type RawResponse, type StreamedEvent } from './event-stream.http.js';

/** A response as its reader sees it: a slow one takes nothing until it drains. */
class Reader extends EventEmitter implements RawResponse {
  destroyed = false;
  writableNeedDrain = false;
  readonly written: string[] = [];
  outcome: 'open' | 'ended' | 'cut off' = 'open';
  headers: Readonly<Record<string, string>> = {};

  readonly req: { readonly method: string };

  constructor(
    private isSlow = false,
    method = 'GET',
  ) {
    super();
    this.req = { method };
  }

  writeHead(_status: number, headers: Readonly<Record<string, string>>): void {
    this.headers = headers;
  }

  write(text: string): boolean {
    this.written.push(text);
    this.writableNeedDrain = this.isSlow;
    this.emit('written');
    return !this.isSlow;
  }

  drain(): void {
    this.writableNeedDrain = false;
    this.emit('drain');
  }

  end(): void {
    this.outcome = 'ended';
  }

  destroy(): void {
    this.outcome = 'cut off';
  }

  async untilWritten(count: number): Promise<void> {
    while (this.written.length < count) await new Promise((resolve) => this.once('written', resolve));
  }
}

async function* given(...events: readonly StreamedEvent[]): AsyncGenerator<StreamedEvent> {
  yield* events;
}

/** Nothing, until it is over. */
async function* silence(signal: AbortSignal): AsyncGenerator<StreamedEvent> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
  yield* given();
}

const SECOND_MS = 1_000;
const EVENTS = [{ id: '0' }, { id: '1', data: '{"a":1}' }, { id: '2', data: '{"a":2}' }];

let clock: ManualClock;
let ending: AbortController;
beforeEach(() => {
  clock = new ManualClock('2026-03-02T14:00:00.000Z');
  ending = new AbortController();
});

describe('a stream of events', () => {
  it('writes id and data, and an id alone where there is no more to say', async () => {
    const reader = new Reader();
    await streamEvents(reader, clock, ending, given(...EVENTS));
    expect(reader.written).toEqual(['id: 0\n\n', 'id: 1\ndata: {"a":1}\n\n', 'id: 2\ndata: {"a":2}\n\n']);
    expect(reader.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    expect(reader.outcome).toBe('ended');
  });

  it('writes its head alone to who asked for no more, and ends', async () => {
    const reader = new Reader(false, 'HEAD');
    await streamEvents(reader, clock, ending, silence(ending.signal));
    expect(reader.headers).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8' });
    expect([reader.written, reader.outcome]).toEqual([[], 'ended']);
  });

  it('asks for the next event once the last one was taken', async () => {
    const reader = new Reader(true);
    const streaming = streamEvents(reader, clock, ending, given(...EVENTS));
    for (let count = 1; count <= EVENTS.length; count++) {
      await reader.untilWritten(count);
      expect(reader.written).toHaveLength(count);
      reader.drain();
    }
    await streaming;
    expect(reader.outcome).toBe('ended');
  });

  it('cuts off a reader who takes nothing', async () => {
    const reader = new Reader(true);
    const streaming = streamEvents(reader, clock, ending, given(...EVENTS));
    await reader.untilWritten(1);
    clock.advance(30 * SECOND_MS);
    await streaming;
    expect([reader.outcome, reader.written.length]).toEqual(['cut off', 1]);
  });

  it('comments in silence, so that nobody on the way takes it for dead', async () => {
    const reader = new Reader();
    const streaming = streamEvents(reader, clock, ending, silence(ending.signal));
    clock.advance(15 * SECOND_MS);
    await reader.untilWritten(1);
    expect(reader.written).toEqual([': still here\n\n']);
    ending.abort();
    await streaming;
  });

  it.each(['close', 'error'])('ends with its reader: %s', async (event) => {
    const reader = new Reader();
    const streaming = streamEvents(reader, clock, ending, silence(ending.signal));
    reader.emit(event);
    await streaming;
    expect(ending.signal.aborted).toBe(true);
  });

  it('ends at once for a reader who had left before', async () => {
    const reader = new Reader();
    reader.destroyed = true;
    await streamEvents(reader, clock, ending, silence(ending.signal));
    expect(reader.written).toEqual([]);
  });

  it('ends after an hour: whoever may still read comes again', async () => {
    const reader = new Reader();
    const streaming = streamEvents(reader, clock, ending, silence(ending.signal));
    clock.advance(3_600 * SECOND_MS);
    await streaming;
    expect(reader.outcome).toBe('ended');
  });
});
