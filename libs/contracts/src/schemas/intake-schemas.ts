import { CHANNELS, LANGUAGES, VISIBILITIES } from '../vocabulary.js';
import {
  REQUEST_CLOSED,
  REQUEST_PAUSED,
  REQUEST_PROMISE_MOVED,
  REQUEST_PROMISED,
  REQUEST_REOPENED,
  REQUEST_RESUMED,
  REQUEST_SUBMITTED,
  type IntakeEvent,
} from '../intake-events.js';
import type { DescribedEvents } from './described-event.js';
import { added, flag, instant, oneOf, orNull, text } from './member.js';
import { CLOSING_DETAILS, OUTCOME, REPORTED, ROUND, sealed, WAIT_REASON } from './shared-members.js';

export const INTAKE_EVENTS: DescribedEvents<IntakeEvent> = {
  [REQUEST_SUBMITTED]: {
    says: 'A report was taken in and has its reference.',
    data: {
      service: text('Code of the service that was asked for.'),
      serviceName: text('What that service was called then.'),
      visibility: oneOf(
        VISIBILITIES,
        'Who may learn that the request exists: everyone; its reporter and the city; the staff of its category.',
      ),
      channel: oneOf(CHANNELS, 'How the report came in.'),
      department: orNull(text('Code of the department that was named with the report; null leaves it to the routing rules.')),
      hasContact: flag('Whether there is a way to reach the reporter.'),
      contact: added(sealed('How to reach the reporter, for the service that writes to them; null where there is no way.')),
      language: oneOf(LANGUAGES, 'In which language the reporter is told things.'),
      reported: added(REPORTED),
    },
  },
  [REQUEST_PROMISED]: {
    says: 'The resident was promised an end: the first promise of this round.',
    data: { round: ROUND, dueAt: instant('By when, in UTC.') },
  },
  [REQUEST_PAUSED]: {
    says: 'The resident was told that it stands still, and for what the city waits: the promise does, or the city waits for the resident.',
    data: { round: ROUND, reason: WAIT_REASON },
  },
  [REQUEST_RESUMED]: {
    says: 'It goes on, by when the resident was told last.',
    data: { round: ROUND, dueAt: orNull(instant('By when, in UTC; null where nothing is promised, or that is over.')) },
  },
  [REQUEST_PROMISE_MOVED]: {
    says: 'The resident was told that the end promised has moved.',
    data: { round: ROUND, dueAt: instant('By when from now on, in UTC.') },
  },
  [REQUEST_CLOSED]: {
    says: 'The resident was told that the request is closed, and how it ended.',
    data: { round: ROUND, outcome: OUTCOME, details: added(CLOSING_DETAILS) },
  },
  [REQUEST_REOPENED]: { says: 'The resident was told that the request is open again.', data: { round: ROUND } },
};
