import type { PublicEvent } from '@onedoor/contracts';

export interface ReadEvent {
  readonly id: string;
  readonly event: PublicEvent;
}

/** Reads a stream of server-sent events as a browser does: it remembers the last id, also of events without data. */
export class EventReader {
  readonly events: ReadEvent[] = [];
  firstId: string | null = null;
  lastId: string | null = null;
  comments = 0;
  isEnded = false;
  private readonly ending = new AbortController();
  private wake: () => void = () => undefined;

  static async open(url: string, headers: Readonly<Record<string, string>>): Promise<EventReader> {
    const reader = new EventReader();
    const response = await fetch(url, { headers, signal: reader.ending.signal });
    if (response.status !== 200 || response.body === null) throw new Error(`${response.status}: ${await response.text()}`);
    void reader.read(response.body);
    await reader.until(() => reader.lastId !== null);
    return reader;
  }

  /** Resolves when something holds of what was read, or the stream ended. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds() && !this.isEnded) await new Promise<void>((resolve) => (this.wake = resolve));
  }

  /** The first so many events. */
  async first(count: number): Promise<readonly ReadEvent[]> {
    await this.until(() => this.events.length >= count);
    return this.events.slice(0, count);
  }

  close(): void {
    this.ending.abort();
  }

  private async read(body: NonNullable<Response['body']>): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body) {
        text += decoder.decode(chunk as Uint8Array, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        blocks.forEach((block) => this.take(block));
        this.wake();
      }
    } catch {
      // Broken off, by us or by the server: what was read stays.
    }
    this.isEnded = true;
    this.wake();
  }

  private take(block: string): void {
    const lines = block.split('\n');
    if (lines.every((line) => line.startsWith(':'))) this.comments++;
    const id = lines.find((line) => line.startsWith('id: '))?.slice('id: '.length);
    const data = lines.find((line) => line.startsWith('data: '))?.slice('data: '.length);
    if (id !== undefined) this.lastId = id;
    this.firstId ??= this.lastId;
    if (id !== undefined && data !== undefined) this.events.push({ id, event: JSON.parse(data) as PublicEvent });
  }
}
