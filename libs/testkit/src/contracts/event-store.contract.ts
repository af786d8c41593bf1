import { appendContract } from './event-store-append.contract.js';
import { subscribeContract } from './event-store-subscribe.contract.js';
import type { EventStoreUnderTest } from './event-store-under-test.js';

/** What every event store keeps. `open` gives a new and empty one each time. */
export function eventStoreContract(name: string, open: () => Promise<EventStoreUnderTest>): void {
  describe(`${name} as an event store`, () => {
    appendContract(open);
    subscribeContract(open);
  });
}
