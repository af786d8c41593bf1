import type { Language } from './vocabulary.js';
import type { PublicEvent } from './public-event.js';

export const NOTIFICATIONS_TOPIC = 'onedoor.notifications';

/** What notifications tell the others, all under the request's reference; never to whom, and never the words. */
export type NotificationEvent = NotificationSent | NotificationFailed;

export const NOTIFICATION_SENT = 'gov.onedoor.notifications.notification.sent.v1';
export const NOTIFICATION_FAILED = 'gov.onedoor.notifications.notification.failed.v1';

/** The mail server took a message to the reporter over. */
export type NotificationSent = PublicEvent<typeof NOTIFICATION_SENT, NotificationFacts>;

/** A message to the reporter failed for good, for the reason `code`. */
export type NotificationFailed = PublicEvent<typeof NOTIFICATION_FAILED, NotificationFacts & { readonly code: string }>;

export interface NotificationFacts {
  /** Which message about this request, from 1. */
  readonly n: number;
  readonly kind: 'submitted' | 'promised' | 'promise_moved' | 'waiting' | 'resolved' | 'reopened';
  /** Counts reopenings from 1. */
  readonly round: number;
  readonly channel: 'email';
  readonly language: Language;
  /** How often it was tried. */
  readonly attempts: number;
}
