import type { StreamState } from './append-rules.js';
import type { StoredEvent } from './stored-event.js';

/** The settings in a stream's metadata that the server applies. */
interface StreamMetadata {
  /** Readers see nothing before this revision. The largest number deletes the stream. */
  readonly truncateBefore: number;
  readonly maxCount: number;
  readonly maxAgeMs: number;
}

export const NO_METADATA: StreamMetadata = { truncateBefore: 0, maxCount: Infinity, maxAgeMs: Infinity };
/** Only the last event of a metadata stream is visible. */
const OF_METADATA_STREAMS: StreamMetadata = { ...NO_METADATA, maxCount: 1 };

/** One stream of the log. Its events are kept from revision 0 on, hidden ones too. */
export class LogStream implements StreamState {
  readonly events: StoredEvent[] = [];
  metadata: StreamMetadata;
  isTombstoned = false;

  constructor(
    name: string,
    private readonly now: () => number,
  ) {
    this.metadata = name.startsWith('$$') ? OF_METADATA_STREAMS : NO_METADATA;
  }

  get isSoftDeleted(): boolean {
    return this.metadata.truncateBefore > Number.MAX_SAFE_INTEGER;
  }

  /** The events that readers see, in order. */
  get visible(): readonly StoredEvent[] {
    const { truncateBefore, maxCount, maxAgeMs } = this.metadata;
    const first = Math.max(truncateBefore, this.events.length - maxCount);
    if (first === 0 && maxAgeMs === Infinity) return this.events;
    const kept = this.events.slice(first);
    return maxAgeMs === Infinity ? kept : kept.filter(({ createdMs }) => createdMs > this.now() - maxAgeMs);
  }

  canRead(event: StoredEvent): boolean {
    const { truncateBefore, maxCount, maxAgeMs } = this.metadata;
    if (event.isScavenged || event.revision < truncateBefore || event.revision < this.events.length - maxCount) return false;
    return maxAgeMs === Infinity || event.createdMs > this.now() - maxAgeMs;
  }
}

/** Reads a metadata event. */
export function metadataOf(data: Uint8Array | null): StreamMetadata {
  const { $tb, $maxCount, $maxAge } = objectOf(data);
  return {
    truncateBefore: typeof $tb === 'number' ? $tb : 0,
    maxCount: typeof $maxCount === 'number' ? $maxCount : Infinity,
    maxAgeMs: typeof $maxAge === 'number' ? $maxAge * 1_000 : Infinity,
  };
}

/** The JSON object in the bytes; an empty one where they hold none. */
export function objectOf(data: Uint8Array | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(data ?? []).toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
