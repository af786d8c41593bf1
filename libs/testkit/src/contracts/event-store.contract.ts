import type { EventStore } from '@onedoor/engine';
import { appendContract } from './event-store-append.contract.js';
import { subscribeContract } from './event-store-subscribe.contract.js';

export interface EventStoreUnderTest {
  readonly store: EventStore;
  close(): Promise<void>;
}

/** What every event store keeps. `open` gives a new and empty one each time. */
export function eventStoreContract(name: string, open: () => Promise<EventStoreUnderTest>): void {
  describe(`${name} as an event store`, () => {
    appendContract(open);
    subscribeContract(open);
  });
}
