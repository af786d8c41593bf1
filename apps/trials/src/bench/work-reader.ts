import { serverSentEvents } from '../server-sent-events.js';

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
