import { Unavailable } from '@onedoor/engine';

/*
 * Waits that end by themselves: after a time, or when a signal fires. None leaves a listener behind, for a long-lived signal is
 * waited on millions of times.
 */

/** Waits a while, or until the signal fires; never throws. */
export function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, durationMs);
    signal.addEventListener('abort', end);
  });
}

/** Resolves when the signal fires. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** The promise's result, or `Unavailable` as soon as the signal fires; the operation itself is not stopped by that. */
export function unlessAborted<Result>(promise: Promise<Result>, signal: AbortSignal, reason: string): Promise<Result> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(new Unavailable(reason));
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}

/** Whether a promise settles, either way, within so many milliseconds. */
export async function settledWithin(promise: Promise<unknown>, durationMs: number): Promise<boolean> {
  const settled = promise.then(
    () => true,
    () => true,
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), durationMs);
  });
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The promise's result, or the failure that `lateness` makes when there is none within so many milliseconds. */
export async function resultWithin<Result>(promise: Promise<Result>, durationMs: number, lateness: () => Error): Promise<Result> {
  if (await settledWithin(promise, durationMs)) return promise;
  throw lateness();
}

/** The pauses between attempts: each twice as long as the one before, up to a bound. */
export class Backoff {
  #nextMs: number;

  constructor(
    private readonly firstMs: number,
    private readonly longestMs: number,
  ) {
    this.#nextMs = firstMs;
  }

  nextMs(): number {
    const pauseMs = this.#nextMs;
    this.#nextMs = Math.min(pauseMs * 2, this.longestMs);
    return pauseMs;
  }

  reset(): void {
    this.#nextMs = this.firstMs;
  }
}
