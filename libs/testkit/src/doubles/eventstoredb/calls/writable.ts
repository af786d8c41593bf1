import { once } from 'node:events';
import type { ReadCall } from './open-calls.js';

/** Resolves when the client has taken what was written, or is gone. */
export async function writable(call: ReadCall): Promise<void> {
  const settled = new AbortController();
  const wait = (event: string) => once(call, event, { signal: settled.signal }).catch(() => undefined);
  await Promise.race([wait('drain'), wait('cancelled'), wait('close')]);
  settled.abort();
}
