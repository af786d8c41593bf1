import {
  NOTIFICATION_FAILED,
  NOTIFICATION_SENT,
  NOTIFICATIONS_TOPIC,
  type NotificationFailed,
  type NotificationSent,
} from '@onedoor/contracts';
import type { Publication } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import type { CorrespondenceEvent } from './events.js';
import { notificationOf, type CorrespondenceState } from './state.js';

/** What notifications tell the other contexts: what went out, and what will not. Claims and retries stay inside. */
export function publishCorrespondence(event: CorrespondenceEvent, state: CorrespondenceState): readonly Publication[] {
  switch (event.type) {
    case 'NotificationSent': {
      const data: NotificationSent['data'] = { ...aboutOf(state, event.data.n), attempts: event.data.attempt };
      return [{ topic: NOTIFICATIONS_TOPIC, type: NOTIFICATION_SENT, data }];
    }
    case 'NotificationFailed': {
      if (event.data.nextAttemptAt !== null) return [];
      const data: NotificationFailed['data'] = { ...aboutOf(state, event.data.n), attempts: event.data.attempt, code: event.data.code };
      return [{ topic: NOTIFICATIONS_TOPIC, type: NOTIFICATION_FAILED, data }];
    }
    default:
      return [];
  }
}

function aboutOf(state: CorrespondenceState, n: number): Omit<NotificationSent['data'], 'attempts'> {
  const notification = state.exists ? notificationOf(state, n) : null;
  assert(state.exists && notification !== null, 'a notification that something happened to exists');
  return { n, kind: notification.news.kind, round: notification.news.round, channel: 'email', language: state.language };
}
