import { type BusMessage, type ConsumeOptions, Unavailable } from '@onedoor/engine';
import { pause } from './pause.js';

/** Messages of one page at most. */
const PAGE_SIZE = 256;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** The kept messages of all topics, numbered in the order in which they were published, as a consumer sees them. */
export interface MessageLog {
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

/** The consumption that every embedded bus shares. */
export async function consume(log: MessageLog, options: ConsumeOptions): Promise<void> {
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
    if (page.messages.length > 0 && !(await hand(page.messages, options))) return;
    passed = page.through;
    // Passing over other topics' messages is written down now and then only.
    if (page.messages.length === 0 && passed - kept < PAGE_SIZE) continue;
    await log.pass(group, topics, passed);
    kept = passed;
  }
  // What the bus ended itself is not caught up, and the caller did not ask for an end.
  if (options.untilCaughtUp && !signal.aborted && passed < log.tail())
    throw new Unavailable('The bus was closed before the group had caught up');
}

/** Hands one page until the handler takes it; false when the signal fired first. */
async function hand(page: readonly BusMessage[], { handler, signal }: ConsumeOptions): Promise<boolean> {
  for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      await handler(page);
      return true;
    } catch {
      // What failed and why is the handler's to report; here it only means: not yet.
      await pause(pauseMs, signal);
    }
  }
  return false;
}
