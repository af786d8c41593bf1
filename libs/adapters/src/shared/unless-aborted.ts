import { Unavailable } from '@onedoor/engine';

/**
 * What was asked for, or `Unavailable` as soon as the signal fires: what is under way then may take its time, and nothing waits for it. Leaves no
 * listener behind: a long-lived signal is waited on millions of times.
 */
export function unlessAborted<Answer>(asked: Promise<Answer>, signal: AbortSignal, reason: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(new Unavailable(reason));
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    asked.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
