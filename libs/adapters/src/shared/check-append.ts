import { categoryOf, type ExpectedRevision, type NewEvent, type StreamName } from '@onedoor/engine';
import { assert, LIMITS } from '@onedoor/kernel';

/** What every caller of `append` guarantees. Answers the revision that the stream must have, -1 for none. */
export function checkAppend(stream: StreamName, expected: ExpectedRevision, events: readonly NewEvent[]): number {
  assert(stream.includes('-') && categoryOf(stream) !== '', 'a stream is named <category>-<id>');
  assert(events.length > 0 && events.length <= LIMITS.eventsPerAppend, `an append holds 1 to ${LIMITS.eventsPerAppend} events`);
  if (expected === 'no-stream') return -1;
  assert(Number.isInteger(expected) && expected >= 0, 'an expected revision counts from 0');
  return expected;
}
