/** Records when each reference first arrived on a department's stream of server-sent events. */
export interface WorkReader {
  /** Milliseconds since 1970, by reference. */
  readonly arrivedMs: ReadonlyMap<string, number>;
  close(): void;
}

/** Resolves once the stream is open. */
export async function followWork(url: string, bearer: string): Promise<WorkReader> {
  const ending = new AbortController();
  const answer = await fetch(url, { headers: { authorization: bearer }, signal: ending.signal });
  if (!answer.ok || answer.body === null) throw new Error(`${answer.status}: ${await answer.text()}`);
  const arrivedMs = new Map<string, number>();
  void read(answer.body, arrivedMs).catch(() => undefined);
  return { arrivedMs, close: () => ending.abort() };
}

async function read(body: NonNullable<Response['body']>, arrivedMs: Map<string, number>): Promise<void> {
  for await (const events of serverSentEvents(body)) {
    const nowMs = performance.timeOrigin + performance.now();
    for (const { data } of events) {
      const reference = /"subject":"([^"]+)"/.exec(data ?? '')?.[1];
      if (reference !== undefined && !arrivedMs.has(reference)) arrivedMs.set(reference, nowMs);
    }
  }
}

/** An event of a stream of server-sent events; a field that it lacks is null. */
interface ServerSentEvent {
  readonly id: string | null;
  readonly data: string | null;
}

/** Parses the body of a `text/event-stream` response. Yields the events that each chunk completes; a field is one line. */
export async function* serverSentEvents(body: NonNullable<Response['body']>): AsyncGenerator<readonly ServerSentEvent[], void, undefined> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    const blocks = (text + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n\n');
    text = blocks.pop() ?? '';
    yield blocks.map((block) => ({ id: fieldOf(block, 'id'), data: fieldOf(block, 'data') }));
  }
}

const fieldOf = (block: string, name: string): string | null => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? null;
