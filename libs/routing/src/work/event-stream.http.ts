import type { Clock } from '@onedoor/engine';

/** The part of Node's response that a stream needs. */
export interface RawResponse {
  /** True once the reader has gone. */
  readonly destroyed: boolean;
  readonly req: { readonly method?: string | undefined };
  /** True as long as the reader has not taken what was written. */
  readonly writableNeedDrain: boolean;
  on(event: 'close' | 'error', listener: () => void): unknown;
  once(event: 'drain', listener: () => void): unknown;
  off(event: 'drain', listener: () => void): unknown;
  writeHead(status: number, headers: Readonly<Record<string, string>>): unknown;
  /** False when it would pile up: write no more before `drain`. */
  write(text: string): boolean;
  end(): unknown;
  destroy(): unknown;
}

/** One server-sent event (HTML Living Standard, 9.2). */
export interface StreamedEvent {
  readonly id: string;
  /** In one line. Absent: the event only tells the client where it stands, and its code never sees it. */
  readonly data?: string;
}

const HEARTBEAT_MS = 15_000;
/** Whoever takes nothing for so long is cut off. */
const PATIENCE_MS = 30_000;
/** After so long a client has to come again, so that one who may no longer read does not do so for ever. */
const LONGEST_MS = 3_600_000;

/**
 * Writes events to a response as fast as its reader takes them, with a heartbeat in silence, until the reader leaves, takes nothing any
 * more, has been there for an hour, or `ending` fires. The next event is asked for once the last one has gone out: nothing piles up.
 */
export async function streamEvents(
  raw: RawResponse,
  clock: Clock,
  ending: AbortController,
  events: AsyncIterable<StreamedEvent>,
): Promise<void> {
  const { signal } = ending;
  const end = (): void => ending.abort();
  raw.on('close', end);
  raw.on('error', end);
  // Whoever left while it was being found out where to begin left before anybody listened for it.
  if (raw.destroyed) end();
  raw.writeHead(200, HEADERS);
  // What HEAD asks for is there by now: it has no reader to wait for.
  if (raw.req.method === 'HEAD') end();
  const company = [beat(raw, clock, signal), clock.wait(LONGEST_MS, signal).then(end)];
  try {
    for await (const event of events) {
      if (signal.aborted) break;
      if (!raw.write(frame(event))) await drained(raw, clock, ending);
    }
  } finally {
    end();
    if (raw.writableNeedDrain) raw.destroy();
    else raw.end();
    await Promise.all(company);
  }
}

const HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  // Proxies that gather answers would hold every event back.
  'x-accel-buffering': 'no',
  // The server ends when its streams do: none is kept for another request.
  connection: 'close',
};

const frame = ({ id, data }: StreamedEvent): string => (data === undefined ? `id: ${id}\n\n` : `id: ${id}\ndata: ${data}\n\n`);

async function beat(raw: RawResponse, clock: Clock, signal: AbortSignal): Promise<void> {
  for (;;) {
    await clock.wait(HEARTBEAT_MS, signal);
    if (signal.aborted) return;
    if (!raw.writableNeedDrain) raw.write(': still here\n\n');
  }
}

/** Resolves when the reader took what was written; ends everything when he takes too long. */
async function drained(raw: RawResponse, clock: Clock, ending: AbortController): Promise<void> {
  const waiting = new AbortController();
  const done = (): void => waiting.abort();
  raw.once('drain', done);
  ending.signal.addEventListener('abort', done);
  if (ending.signal.aborted) done();
  await clock.wait(PATIENCE_MS, waiting.signal);
  raw.off('drain', done);
  ending.signal.removeEventListener('abort', done);
  if (!waiting.signal.aborted) ending.abort();
}
