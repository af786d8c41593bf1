import type { ConsumeOptions } from '@onedoor/engine';
import { Notifier } from '../shared/notifier.js';
import { pause } from '../shared/waits.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** Keeping the last pages is waited for so long: pages that were handled and not kept come again, which does no harm. */
const LAST_KEPT_WITHIN_MS = 2_000;

type Handler = ConsumeOptions['handler'];

interface Taker {
  readonly handler: Handler;
  readonly signal: AbortSignal;
}

export interface PartitionPage {
  readonly partition: number;
  /** Empty where nothing of ours stood. */
  readonly messages: Parameters<Handler>[0];
  /** Called once the messages are handled, to make that last. */
  keep(): Promise<void>;
}

/**
 * Where pages meet the group's handler. A page waits here while nobody consumes, and comes again, after a growing pause,
 * while the handler throws. One page of a partition is in hand at a time, even while the driver's consumer is being replaced.
 */
export class Reception {
  /** Rings when a handler comes, and when a page is done. */
  readonly changed = new Notifier();
  #taker: Taker | null = null;
  readonly #inHand = new Map<number, 'handled' | 'kept'>();

  isTaken(): boolean {
    return this.#taker !== null;
  }

  /** From now on pages go to this handler, until the signal fires. */
  open(handler: Handler, signal: AbortSignal): void {
    this.#taker = { handler, signal };
    this.changed.notify();
  }

  /** Resolves when the handler has ended all its pages, and they are kept or will come again. */
  async shut(): Promise<void> {
    this.#taker = null;
    const never = new AbortController().signal;
    while ([...this.#inHand.values()].some((step) => step === 'handled')) await this.changed.wait(never);
    const late = AbortSignal.timeout(LAST_KEPT_WITHIN_MS);
    while (this.#inHand.size > 0 && !late.aborted) await this.changed.wait(late);
  }

  /** Hands a page until it is taken and kept; false when the generation ended first. */
  async hand(page: PartitionPage, generation: AbortSignal): Promise<boolean> {
    let pauseMs = FIRST_PAUSE_MS;
    while (!generation.aborted) {
      const taker = this.#taker;
      if (taker === null || taker.signal.aborted || this.#inHand.has(page.partition)) {
        await this.changed.wait(generation);
        continue;
      }
      if (await this.#offer(page, taker)) return true;
      await pause(pauseMs, AbortSignal.any([taker.signal, generation]));
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
    return false;
  }

  async #offer({ partition, messages, keep }: PartitionPage, { handler }: Taker): Promise<boolean> {
    try {
      this.#step(partition, 'handled');
      if (messages.length > 0) await handler(messages);
    } catch {
      // What failed and why is the handler's to report; here it only means: not yet.
      this.#step(partition, null);
      return false;
    }
    this.#step(partition, 'kept');
    await keep().finally(() => this.#step(partition, null));
    return true;
  }

  #step(partition: number, step: 'handled' | 'kept' | null): void {
    if (step === null) this.#inHand.delete(partition);
    else this.#inHand.set(partition, step);
    this.changed.notify();
  }
}
