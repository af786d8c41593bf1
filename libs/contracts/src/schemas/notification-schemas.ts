import { LANGUAGES } from '../vocabulary.js';
import { NOTIFICATION_FAILED, NOTIFICATION_SENT, type NotificationEvent } from '../notification-events.js';
import type { DescribedEvents } from './described-event.js';
import { oneOf, ordinal, reason } from './member.js';
import { ROUND } from './shared-members.js';

const FACTS = {
  n: ordinal('Which message about this request, from 1.'),
  kind: oneOf(['submitted', 'promised', 'promise_moved', 'waiting', 'resolved', 'reopened'], 'What the message was about.'),
  round: ROUND,
  channel: oneOf(['email'], 'How it was sent.'),
  language: oneOf(LANGUAGES, 'In which language it was written.'),
  attempts: ordinal('How often it was tried.'),
};

export const NOTIFICATION_EVENTS: DescribedEvents<NotificationEvent> = {
  [NOTIFICATION_SENT]: { says: 'The mail server took over a message to the reporter.', data: FACTS },
  [NOTIFICATION_FAILED]: {
    says: 'A message to the reporter failed for good.',
    data: { ...FACTS, code: reason('Why, such as ADDRESS_INVALID, or SMTP_ and the reply code of the server; never its words.') },
  },
};
