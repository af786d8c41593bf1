import type { ConsumeOptions } from '@onedoor/engine';
import { Notifier } from '../shared/notifier.js';
import { Backoff, pause } from '../shared/waits.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** How long detaching waits for the last commits: pages that were handled and not committed come again, which does no harm. */
const COMMITTED_WITHIN_MS = 2_000;

type Handler = ConsumeOptions['handler'];

interface AttachedHandler {
  readonly handler: Handler;
  readonly signal: AbortSignal;
}

export interface PartitionPage {
  readonly partition: number;
  /** Empty where the page held no event of ours. */
  readonly messages: Parameters<Handler>[0];
  /** Called once the messages are handled, to commit that. */
  commit(): Promise<void>;
}

/**
 * Delivers pages to the group's handler. A page waits while no handler is attached, and is delivered again, after a growing pause,
 * while the handler throws. One page of a partition is in progress at a time, even while the driver's consumer is being replaced.
 */
export class PageDispatcher {
  /** Notifies when a handler is attached, and at each step of a page. */
  readonly changed = new Notifier();
  #attached: AttachedHandler | null = null;
  readonly #inProgress = new Map<number, 'handling' | 'committing'>();

  hasHandler(): boolean {
    return this.#attached !== null;
  }

  /** From now on pages go to this handler, until the signal fires. */
  attach(handler: Handler, signal: AbortSignal): void {
    this.#attached = { handler, signal };
    this.changed.notify();
  }

  /** Resolves when the handler has ended all its pages, and they are committed or will come again. */
  async detach(): Promise<void> {
    this.#attached = null;
    const never = new AbortController().signal;
    while ([...this.#inProgress.values()].some((step) => step === 'handling')) await this.changed.wait(never);
    const late = AbortSignal.timeout(COMMITTED_WITHIN_MS);
    while (this.#inProgress.size > 0 && !late.aborted) await this.changed.wait(late);
  }

  /** Delivers a page until it is handled and committed; false when the generation ended first. */
  async dispatch(page: PartitionPage, generation: AbortSignal): Promise<boolean> {
    const backoff = new Backoff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
    while (!generation.aborted) {
      const attached = this.#attached;
      if (attached === null || attached.signal.aborted || this.#inProgress.has(page.partition)) {
        await this.changed.wait(generation);
        continue;
      }
      if (await this.#deliver(page, attached)) return true;
      await pause(backoff.nextMs(), AbortSignal.any([attached.signal, generation]));
    }
    return false;
  }

  async #deliver({ partition, messages, commit }: PartitionPage, { handler }: AttachedHandler): Promise<boolean> {
    try {
      this.#setStep(partition, 'handling');
      if (messages.length > 0) await handler(messages);
    } catch {
      // The handler reports its failures itself; here a failure only means that the page comes again.
      this.#setStep(partition, null);
      return false;
    }
    this.#setStep(partition, 'committing');
    await commit().finally(() => this.#setStep(partition, null));
    return true;
  }

  #setStep(partition: number, step: 'handling' | 'committing' | null): void {
    if (step === null) this.#inProgress.delete(partition);
    else this.#inProgress.set(partition, step);
    this.changed.notify();
  }
}
