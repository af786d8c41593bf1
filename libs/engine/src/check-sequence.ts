import { assert } from '@onedoor/kernel';
import type { RecordedEvent } from './ports/event-store.js';
import { DamagedStream } from './ports/failures.js';

/**
 * Makes sure that these events of a stream follow one another from a revision on. Throws `DamagedStream` where some are missing:
 * what is left is never folded as if it were all.
 */
export function checkSequence(stream: string, from: number, events: readonly Pick<RecordedEvent, 'revision'>[]): void {
  for (const [index, { revision }] of events.entries()) {
    const expected = from + index;
    if (revision === expected) continue;
    assert(revision > expected, `${stream} answers no revision twice`);
    throw new DamagedStream(stream, revision === expected + 1 ? `revision ${expected}` : `revisions ${expected} to ${revision - 1}`);
  }
}
