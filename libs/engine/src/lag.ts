import { msOf, type Instant } from '@onedoor/kernel';
import { followed } from './followed.js';
import { CALLER_PATIENCE_MS, type LogPorts } from './patience.js';
import type { Checkpoints } from './ports/checkpoints.js';

/** Whoever follows the log from a checkpoint: a projector, a relay. */
export interface Follower {
  /** The name of its checkpoint. */
  readonly checkpoint: string;
  readonly categories: readonly string[];
}

/**
 * How far a follower is behind, in milliseconds: the age of the oldest event it has yet to handle, 0 where there is none. Asked of
 * the log itself, so that a follower that hangs is found out too, and one whose streams are quiet is not taken for late.
 */
export async function lagOf(
  { checkpoint, categories }: Follower,
  ports: LogPorts & { readonly checkpoints: Checkpoints },
  now: Instant,
): Promise<number> {
  const enough = new AbortController();
  try {
    const after = await ports.checkpoints.load(checkpoint);
    for await (const next of followed(ports, { after, categories, pageSize: 1, signal: enough.signal, patienceMs: CALLER_PATIENCE_MS })) {
      if (next.kind === 'caught-up') return 0;
      const [oldest] = next.events;
      if (oldest !== undefined) return Math.max(0, msOf(now) - msOf(oldest.recordedAt));
    }
    return 0;
  } finally {
    enough.abort();
  }
}
