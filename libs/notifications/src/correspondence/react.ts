import {
  NO_DETAILS,
  REQUEST_CLOSED,
  REQUEST_PAUSED,
  REQUEST_PROMISE_MOVED,
  REQUEST_PROMISED,
  REQUEST_REOPENED,
  REQUEST_RESUMED,
  REQUEST_SUBMITTED,
  waitsForReporter,
  type IntakeEvent,
} from '@onedoor/contracts';
import type { React, Reaction, WithoutAt } from '@onedoor/engine';
import type { Announce, EndWait, OpenCorrespondence } from './command.js';
import type { News } from './events.js';

/** What intake told a resident is also written to them, where they can be reached. */
export const reactToIntake: React = (event) => {
  const command = commandFor(event as IntakeEvent);
  return command === null ? [] : [{ aggregate: 'notification', id: event.subject, command } satisfies Reaction];
};

/** Null where there is nothing to tell. Whether the reporter can be reached is known to the stream, which ignores news where not. */
function commandFor({ type, data }: IntakeEvent): WithoutAt<OpenCorrespondence | Announce | EndWait> | null {
  switch (type) {
    case REQUEST_SUBMITTED:
      if (!data.hasContact) return null;
      return {
        type: 'OpenCorrespondence',
        service: { code: data.service, name: data.serviceName },
        language: data.language,
        contact: data.contact ?? null,
      };
    case REQUEST_PROMISED:
      return announce({ kind: 'promised', round: data.round, dueAt: data.dueAt });
    case REQUEST_PROMISE_MOVED:
      return announce({ kind: 'promise_moved', round: data.round, dueAt: data.dueAt });
    // For anything else the request's own page says what the city waits for, and the next message when it is due now.
    case REQUEST_PAUSED:
      return waitsForReporter(data.reason) ? announce({ kind: 'waiting', round: data.round }) : null;
    case REQUEST_RESUMED:
      return { type: 'EndWait', round: data.round, dueAt: data.dueAt };
    case REQUEST_CLOSED:
      return announce({ kind: 'resolved', round: data.round, outcome: data.outcome, details: data.details ?? NO_DETAILS });
    case REQUEST_REOPENED:
      return announce({ kind: 'reopened', round: data.round });
    default:
      return null;
  }
}

const announce = (news: News): WithoutAt<Announce> => ({ type: 'Announce', news });
