import { assert, assertNever } from '@onedoor/kernel';
import type { CorrespondenceEvent } from './events.js';
import { notificationOf, type Correspondence, type CorrespondenceState, type Notification } from './state.js';

/** What each fact means for what is written to a reporter. */
export function evolveCorrespondence(state: CorrespondenceState, event: CorrespondenceEvent): CorrespondenceState {
  if (event.type === 'CorrespondenceOpened') {
    return { exists: true, ...event.data, notifications: [] };
  }
  assert(state.exists, 'a correspondence is opened before anything is written');
  switch (event.type) {
    case 'NotificationRequested': {
      const { n, news, heldUntil } = event.data;
      const fresh = { status: 'pending', attempt: 0, deferrals: 0, misses: 0 } as const;
      const nextAttemptAt = heldUntil ?? event.at;
      return { ...state, notifications: [...state.notifications, { n, news, requestedAt: event.at, nextAttemptAt, ...fresh }] };
    }
    case 'NotificationReplaced':
      return changed(state, event.data.n, () => ({ news: event.data.news }));
    case 'NotificationClaimed': {
      const { n, attempt, claimedUntil } = event.data;
      return changed(state, n, () => ({ attempt, nextAttemptAt: claimedUntil }));
    }
    case 'NotificationSent':
      return changed(state, event.data.n, () => ({ status: 'sent' }));
    case 'NotificationFailed': {
      const { n, failure, nextAttemptAt } = event.data;
      if (nextAttemptAt === null) return changed(state, n, () => ({ status: 'failed' }));
      if (failure === 'unreachable') return changed(state, n, ({ misses }) => ({ misses: misses + 1, nextAttemptAt }));
      return changed(state, n, ({ deferrals }) => ({ deferrals: deferrals + 1, misses: 0, nextAttemptAt }));
    }
    case 'NotificationSuppressed':
      return changed(state, event.data.n, () => ({ status: 'suppressed' }));
    default:
      return assertNever(event);
  }
}

function changed(state: Correspondence, n: number, change: (notification: Notification) => Partial<Notification>): Correspondence {
  const notification = notificationOf(state, n);
  assert(notification !== null, 'a notification is requested before anything happens to it');
  return { ...state, notifications: state.notifications.with(n - 1, { ...notification, ...change(notification) }) };
}
