/** An event of a stream of server-sent events; a field that it lacks is null. */
export interface ServerSentEvent {
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
