import { msOf, type Instant } from '@onedoor/kernel';
import { followed } from './followed.js';
import type { Checkpoints } from './ports/checkpoints.js';
import type { RecordedEvent } from './ports/event-store.js';
import { CALLER_BACKOFF_LIMIT_MS, type LogPorts } from './read-backoff.js';

/** A worker that follows the log from a checkpoint: a projector or a relay. */
export interface Follower {
  /** The name of its checkpoint. */
  readonly checkpoint: string;
  readonly categories: readonly string[];
}

/**
 * How far a follower is behind, in milliseconds: the age of the oldest event it has yet to handle, 0 where there is none. Read from
 * the log itself, so that a hanging follower is detected, and one whose streams have no new events is not reported as late.
 */
export async function lagOf(follower: Follower, ports: LogPorts & { readonly checkpoints: Checkpoints }, now: Instant): Promise<number> {
  const oldest = await oldestUnhandled(follower, ports);
  return oldest === null ? 0 : Math.max(0, msOf(now) - msOf(oldest.recordedAt));
}

/** The first event that a follower has yet to handle; null where there is none. */
export async function oldestUnhandled(
  { checkpoint, categories }: Follower,
  ports: LogPorts & { readonly checkpoints: Checkpoints },
): Promise<RecordedEvent | null> {
  const enough = new AbortController();
  try {
    const after = await ports.checkpoints.load(checkpoint);
    for await (const next of followed(ports, {
      after,
      categories,
      pageSize: 1,
      signal: enough.signal,
      backoffLimitMs: CALLER_BACKOFF_LIMIT_MS,
    })) {
      if (next.kind === 'caught-up') return null;
      const [oldest] = next.events;
      if (oldest !== undefined) return oldest;
    }
    return null;
  } finally {
    enough.abort();
  }
}
