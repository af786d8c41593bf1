import type { Projection } from '@onedoor/engine';
import { idOf, assert, type Instant, type Reference } from '@onedoor/kernel';
import { CORRESPONDENCE_SHAPES, type CorrespondenceEvent } from '../correspondence/events.js';

/** One request about which something is still to be written: its next notification, and those that wait behind it. */
export interface PendingNotification {
  readonly reference: Reference;
  readonly n: number;
  /** Not before: a back-off, or the end of a courier's claim. */
  readonly nextAttemptAt: Instant;
  readonly behind: readonly number[];
}

/** What the courier walks. A request of which everything is over is not in the list. */
export const PENDING_NOTIFICATIONS: Projection<PendingNotification, CorrespondenceEvent> = {
  collection: { name: 'pending_notifications', version: 1, indexes: [['nextAttemptAt']] },
  categories: ['notification'],
  shapes: CORRESPONDENCE_SHAPES,
  handles: ['NotificationRequested', 'NotificationClaimed', 'NotificationSent', 'NotificationFailed', 'NotificationSuppressed'],
  keys: (event) => [idOf(event.stream)],
  evolve(document, event) {
    if (event.type === 'NotificationRequested') {
      if (document !== null) return { ...document, behind: [...document.behind, event.data.n] };
      return { reference: idOf(event.stream), n: event.data.n, nextAttemptAt: event.at, behind: [] };
    }
    assert(document !== null, 'a notification is requested before anything happens to it');
    switch (event.type) {
      case 'NotificationClaimed':
        return { ...document, nextAttemptAt: event.data.claimedUntil };
      case 'NotificationFailed':
        return event.data.nextAttemptAt === null ? advanced(document, event.at) : { ...document, nextAttemptAt: event.data.nextAttemptAt };
      case 'NotificationSent':
      case 'NotificationSuppressed':
        return advanced(document, event.at);
      default:
        return document;
    }
  },
};

/** The next one has its turn as soon as the one before it is over. */
function advanced(document: PendingNotification, at: Instant): PendingNotification | null {
  const [n, ...behind] = document.behind;
  return n === undefined ? null : { ...document, n, nextAttemptAt: at, behind };
}
