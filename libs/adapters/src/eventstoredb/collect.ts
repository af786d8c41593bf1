import type { StreamingRead } from '@eventstore/db-client';
import { ReadTimeout } from './failure.js';

/** How soon the server ends a call that it answered by an error. */
const ENDED_WITHIN_MS = 200;

/**
 * All that a bounded read answers. The client waits for ever by itself, so this gives up after a time, or when the signal fires; and
 * it always ends the call, for a connection carries a hundred of them.
 */
export function collect<Item>(read: StreamingRead<Item>, timeoutMs: number, signal: AbortSignal): Promise<readonly Item[]> {
  return new Promise((resolve, reject) => {
    const items: Item[] = [];
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const cancel = () => void read.cancel().catch(() => undefined);
    const giveUp = (why: string) => {
      end();
      cancel();
      reject(new ReadTimeout(why));
    };
    const onAbort = () => giveUp('The read was called off');
    const timer = setTimeout(() => giveUp(`No answer within ${timeoutMs} ms`), timeoutMs);
    signal.addEventListener('abort', onAbort);
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
  });
}
