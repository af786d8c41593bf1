import type { Collection, RecordedEvent } from '@onedoor/engine';

/** What a context tells the auditor about one kind of its streams: the words for its events, and what they amount to. */
export interface AuditedStream {
  /** Streams `<category>-<reference>`. */
  readonly category: string;
  /** Where documents made from such streams stand under the reference: a history that ends before what one of them shows was cut short. */
  readonly shownIn: Collection;
  /** One sentence, without personal data. */
  describe(event: RecordedEvent): string;
  /** The state after these events, for people to read; null for none. */
  present(events: readonly RecordedEvent[]): object | null;
}
