import { type BusMessage, type ConsumeOptions, Unavailable } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import { Backoff, pause } from './waits.js';

/** Messages of one page at most. */
const PAGE_SIZE = 256;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** The kept messages of all topics, numbered in the order in which they were published, as a consumer sees them. */
interface MessageLog {
  tail(): number;
  /** Looks at `limit` messages after a place at most and answers the wanted ones; `through` is the last place looked at. */
  page(after: number, limit: number, isWanted: (place: number, topic: string) => boolean): MessagePage;
  /** Resolves when the log grew, closed, or the signal fired. */
  grown(signal: AbortSignal): Promise<void>;
  isClosed(): boolean;
  /** Registers the group and answers how far it has come in each topic: 0 for a new one. */
  join(group: string, topics: readonly string[]): Promise<readonly number[]>;
  pass(group: string, topics: readonly string[], place: number): Promise<void>;
}

export interface MessagePage {
  readonly messages: readonly BusMessage[];
  readonly through: number;
}

/** The consumptions of an embedded bus: each group has one handler for each topic. */
export class Consumers {
  readonly #handled = new Set<string>();

  constructor(private readonly log: MessageLog) {}

  async consume(options: ConsumeOptions): Promise<void> {
    const handled = options.topics.map((topic) => JSON.stringify([options.group, topic]));
    assert(!handled.some((pair) => this.#handled.has(pair)), `${options.group} has one handler a topic`);
    for (const pair of handled) this.#handled.add(pair);
    try {
      await consume(this.log, options);
    } finally {
      for (const pair of handled) this.#handled.delete(pair);
    }
  }
}

async function consume(log: MessageLog, options: ConsumeOptions): Promise<void> {
  const { group, topics, signal } = options;
  const offsets = new Map((await log.join(group, topics)).map((place, index) => [topics[index], place]));
  const isWanted = (place: number, topic: string): boolean => place > (offsets.get(topic) ?? Infinity);
  let passed = Math.min(...offsets.values());
  let kept = passed;
  while (!signal.aborted && !log.isClosed()) {
    if (passed >= log.tail()) {
      if (options.untilCaughtUp) break;
      await log.grown(signal);
      continue;
    }
    const page = log.page(passed, PAGE_SIZE, isWanted);
    if (page.messages.length > 0 && !(await deliver(page.messages, options))) return;
    passed = page.through;
    // That only other topics' messages were passed over is written down once a page.
    if (page.messages.length === 0 && passed - kept < PAGE_SIZE) continue;
    await log.pass(group, topics, passed);
    kept = passed;
  }
  // A consumption that the bus ended is not caught up, and the caller did not ask for an end.
  if (options.untilCaughtUp && !signal.aborted && passed < log.tail())
    throw new Unavailable('The bus was closed before the group had caught up');
}

/** Calls the handler with one page until it succeeds; false when the signal fired first. */
async function deliver(page: readonly BusMessage[], { handler, signal }: ConsumeOptions): Promise<boolean> {
  const backoff = new Backoff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
  while (!signal.aborted) {
    try {
      await handler(page);
      return true;
    } catch {
      // The handler reports its failures itself; here a failure only means that the page comes again.
      await pause(backoff.nextMs(), signal);
    }
  }
  return false;
}
