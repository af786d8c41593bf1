import type { Projection } from '@onedoor/engine';
import { idOf, assert, laterOf, type Instant, type Reference } from '@onedoor/kernel';
import { CORRESPONDENCE_SHAPES, type CorrespondenceEvent } from '../correspondence/events.js';

/** One request about which something is still to be written: its next notification, and those that wait behind it. */
export interface PendingNotification {
  readonly reference: Reference;
  readonly n: number;
  /** Not before: held for what may follow, a back-off, or the end of a courier's claim. */
  readonly nextAttemptAt: Instant;
  readonly behind: readonly Waiting[];
}

interface Waiting {
  readonly n: number;
  /** Not before, even where it has its turn. */
  readonly notBefore: Instant;
}

/** What the courier walks. A request of which everything is over is not in the list. */
export const PENDING_NOTIFICATIONS: Projection<PendingNotification, CorrespondenceEvent> = {
  collection: { name: 'pending_notifications', version: 2, indexes: [['nextAttemptAt']] },
  categories: ['notification'],
  shapes: CORRESPONDENCE_SHAPES,
  handles: ['NotificationRequested', 'NotificationClaimed', 'NotificationSent', 'NotificationFailed', 'NotificationSuppressed'],
  keys: (event) => [idOf(event.stream)],
  evolve(document, event) {
    if (event.type === 'NotificationRequested') {
      const { n, heldUntil } = event.data;
      const notBefore = heldUntil ?? event.at;
      if (document !== null) return { ...document, behind: [...document.behind, { n, notBefore }] };
      return { reference: idOf(event.stream), n, nextAttemptAt: notBefore, behind: [] };
    }
    assert(document !== null, 'a notification is requested before anything happens to it');
    switch (event.type) {
      case 'NotificationClaimed':
        return { ...document, nextAttemptAt: event.data.claimedUntil };
      case 'NotificationFailed':
        return event.data.nextAttemptAt === null ? advanced(document, event.at) : { ...document, nextAttemptAt: event.data.nextAttemptAt };
      case 'NotificationSent':
        return advanced(document, event.at);
      case 'NotificationSuppressed': {
        const { n } = event.data;
        if (n !== document.n) return { ...document, behind: document.behind.filter((each) => each.n !== n) };
        return advanced(document, event.at);
      }
      default:
        return document;
    }
  },
};

/** The next one has its turn as soon as the one before it is over, but not while it is held. */
function advanced(document: PendingNotification, at: Instant): PendingNotification | null {
  const [next, ...behind] = document.behind;
  return next === undefined ? null : { ...document, n: next.n, nextAttemptAt: laterOf(at, next.notBefore), behind };
}
