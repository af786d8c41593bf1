import type { StreamingRead } from '@eventstore/db-client';
import { ReadTimeout } from './failure.js';

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
    const fail = (error: Error) => {
      end();
      read.cancel().catch(() => undefined);
      reject(error);
    };
    const onAbort = () => fail(new ReadTimeout('The read was called off'));
    const timer = setTimeout(() => fail(new ReadTimeout(`No answer within ${timeoutMs} ms`)), timeoutMs);
    signal.addEventListener('abort', onAbort);
    // Stays: an error after the end, as that of the cancelled call, would otherwise end the process.
    read.on('error', fail);
    read.on('data', (item: Item) => items.push(item));
    read.on('end', () => {
      end();
      resolve(items);
    });
    if (signal.aborted) onAbort();
  });
}
