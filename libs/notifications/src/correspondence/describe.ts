import type { DomainEvent, Instant } from '@onedoor/kernel';
import type { CorrespondenceEvent } from './events.js';

/** One sentence for each fact about what was written to a reporter, for the people who read its history. */
export function describeCorrespondence(event: DomainEvent): string {
  const { type, data } = event as CorrespondenceEvent;
  switch (type) {
    case 'CorrespondenceOpened':
      return `The reporter can be reached and is told things in the language ${data.language}`;
    case 'NotificationRequested':
      return `Notification ${data.n} by ${data.channel} is due: ${data.news.kind.replace('_', ' ')}, round ${data.news.round}`;
    case 'NotificationReplaced':
      return `Notification ${data.n} was not sent yet, and tells the date as it is now`;
    case 'NotificationClaimed':
      return `Notification ${data.n} was taken up, attempt ${data.attempt}`;
    case 'NotificationSent':
      return `Notification ${data.n} was sent at attempt ${data.attempt}`;
    case 'NotificationFailed':
      return `Notification ${data.n} was ${data.failure} at attempt ${data.attempt} (${data.code}), ${nextAttempt(data.nextAttemptAt)}`;
    case 'NotificationSuppressed':
      return `Notification ${data.n} will not be sent: ${data.reason.replace('_', ' ')}`;
  }
}

const nextAttempt = (at: Instant | null): string => (at === null ? 'for good' : `next attempt at ${at}`);
