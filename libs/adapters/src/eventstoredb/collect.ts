import type { StreamingRead } from '@eventstore/db-client';
import { BrokenOff, ReadTimeout } from './failure.js';

/** How soon the server ends a call that it answered by an error. */
const ENDED_WITHIN_MS = 200;

export interface CollectOptions {
  /** The client waits for ever by itself. */
  readonly timeoutMs: number;
  /** Fires when the client is replaced. Its reads may then end without an error, after whatever had come. */
  readonly retired: AbortSignal;
  /** Calls the read off. */
  readonly signal: AbortSignal;
}

/**
 * All that a bounded read answers, or a failure: an answer that was cut is never taken for a whole one. It always ends the call, for a
 * connection carries a hundred of them.
 */
export function collect<Item>(read: StreamingRead<Item>, { timeoutMs, retired, signal }: CollectOptions): Promise<readonly Item[]> {
  return new Promise((resolve, reject) => {
    const items: Item[] = [];
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      retired.removeEventListener('abort', onRetired);
    };
    const cancel = () => void read.cancel().catch(() => undefined);
    const giveUp = (error: Error) => {
      end();
      cancel();
      reject(error);
    };
    const onAbort = () => giveUp(new ReadTimeout('The read was called off'));
    const onRetired = () => giveUp(new BrokenOff('The connection of the read was replaced'));
    const timer = setTimeout(() => giveUp(new ReadTimeout(`No answer within ${Math.round(timeoutMs)} ms`)), timeoutMs);
    signal.addEventListener('abort', onAbort);
    retired.addEventListener('abort', onRetired);
    // Stays: an error after the end, as that of the cancelled call, would otherwise end the process.
    read.on('error', (error) => {
      end();
      // Cancelled at once, an ended call would still be reset, and servers close a connection that resets a thousand.
      setTimeout(cancel, ENDED_WITHIN_MS).unref();
      reject(error);
    });
    read.on('data', (item: Item) => items.push(item));
    read.on('end', () => {
      end();
      resolve(items);
    });
    if (signal.aborted) onAbort();
    else if (retired.aborted) onRetired();
  });
}
