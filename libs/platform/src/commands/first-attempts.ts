import { isBefore, type EventStore, type Position, type RecordedEvent } from '@onedoor/engine';

/**
 * Finds what the first attempt of a command wrote where the body names the stream: another body may name another one. The log itself
 * remembers it, in the metadata of its events, so that there is nothing to write besides. Reads the streams of one category once, and
 * afterwards what was added to them; departments and their kind are begun by people, by the hundred. Used only where a key came with such a
 * command. Two attempts at the same moment are kept apart within one process; two processes that are sent one key with different bodies at
 * the same moment may both do theirs.
 */
export class FirstAttempts {
  private readonly categories = new Map<string, Keyed>();
  private readonly running = new Map<string, Promise<unknown>>();

  constructor(private readonly store: EventStore) {}

  /** Runs attempts of one command one after another, each with the last event of an earlier one; null for the first. */
  async within<Answer>(category: string, commandId: string, attempt: (first: RecordedEvent | null) => Promise<Answer>): Promise<Answer> {
    const before = this.running.get(commandId) ?? Promise.resolve();
    const answer = before.then(async () => attempt(await this.find(category, commandId)));
    const settled = answer.catch(() => undefined);
    this.running.set(commandId, settled);
    try {
      return await answer;
    } finally {
      if (this.running.get(commandId) === settled) this.running.delete(commandId);
    }
  }

  private async find(category: string, commandId: string): Promise<RecordedEvent | null> {
    const head = await this.store.head();
    let known = this.categories.get(category);
    // Of a restored log nothing that was read before counts.
    if (known === undefined || !isSameLog(known.position, head)) known = { position: null, attempts: new Map() };
    const { attempts } = known;
    let { position } = known;
    const stop = new AbortController();
    for await (const signal of this.store.subscribe({ after: position, categories: [category], signal: stop.signal })) {
      if (signal.position !== null) position = signal.position;
      if (signal.kind === 'caught-up') break;
      for (const event of signal.events) if (event.metadata.bodyHash !== undefined) attempts.set(event.metadata.commandId, event);
    }
    stop.abort();
    this.categories.set(category, { position, attempts });
    return attempts.get(commandId) ?? null;
  }
}

interface Keyed {
  readonly position: Position | null;
  readonly attempts: Map<string, RecordedEvent>;
}

const isSameLog = (position: Position | null, head: Position | null): boolean =>
  position === null || (head !== null && (position === head || isBefore(position, head) || isBefore(head, position)));
