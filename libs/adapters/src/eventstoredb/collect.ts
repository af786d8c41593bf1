import type { StreamingRead } from '@eventstore/db-client';
import { BrokenOff, ReadTimeout } from './failure.js';

/** How soon the server ends a call that it answered by an error. */
const ENDED_WITHIN_MS = 200;

interface CollectOptions {
  /** The client waits for ever by itself. */
  readonly timeoutMs: number;
  /** Fires when the client is replaced. Its reads may then end without an error, after a part of the answer. */
  readonly retired: AbortSignal;
  /** Cancels the read. */
  readonly signal: AbortSignal;
}

/**
 * The complete answer of a bounded read, or a failure: an answer that was cut never counts as complete. The call is always ended,
 * for a connection carries a hundred of them.
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
    // This listener stays: an error after the end, as that of the cancelled call, would otherwise end the process.
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
