import type { EventStore } from '@onedoor/engine';

/** A new and empty event store for one test. */
export interface EventStoreUnderTest {
  readonly store: EventStore;
  close(): Promise<void>;
}
