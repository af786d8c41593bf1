import type { RecordedEvent } from '@onedoor/engine';

/** What a context tells the auditor about one kind of its streams: the words for its events, and what they amount to. */
export interface AuditedStream {
  /** Streams `<category>-<reference>`. */
  readonly category: string;
  /** One sentence, without personal data. */
  describe(event: RecordedEvent): string;
  /** The state after these events, for people to read; null for none. */
  present(events: readonly RecordedEvent[]): object | null;
}
