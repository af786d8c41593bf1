import {
  CASE_CLOSED,
  CASE_REOPENED,
  CASE_RESOLVED,
  CASE_RESUMED,
  CASE_ROUTED,
  CASE_WAITING,
  NO_DETAILS,
  PROMISE_MADE,
  PROMISE_MOVED,
  PROMISE_PAUSED,
  PROMISE_REVISED,
  waitsForReporter,
  type RoutingEvent,
} from '@onedoor/contracts';
import type { React, Reaction, WithoutAt } from '@onedoor/engine';
import type { ServiceRequestCommand } from './command.js';

/** What routing says about a case becomes what the resident is told about the request. */
export const reactToRouting: React = (event) => {
  const command = commandFor(event as RoutingEvent);
  return command === null ? [] : [{ aggregate: 'request', id: event.subject, command } satisfies Reaction];
};

function commandFor(event: RoutingEvent): WithoutAt<ServiceRequestCommand> | null {
  switch (event.type) {
    case CASE_ROUTED:
      return { type: 'RecordRouting', round: event.data.round, department: event.data.department };
    case PROMISE_MOVED:
      return { type: 'RecordPromise', round: event.data.round, dueAt: event.data.revisedTo ?? event.data.dueAt };
    case PROMISE_MADE:
    case PROMISE_REVISED:
      return { type: 'RecordPromise', round: event.data.round, dueAt: event.data.dueAt };
    case PROMISE_PAUSED:
      return { type: 'RecordPause', round: event.data.round, reason: event.data.reason, by: 'promise' };
    // What the city waits for besides is its own affair, as long as the promise runs.
    case CASE_WAITING: {
      const { round, reason } = event.data;
      return waitsForReporter(reason) ? { type: 'RecordPause', round, reason, by: 'case' } : null;
    }
    case CASE_RESUMED:
      return { type: 'RecordResume', round: event.data.round };
    // The resident is told when the work has ended; that the case is closed later on adds nothing, unless it was closed without.
    case CASE_RESOLVED: {
      const { round, outcome, details = NO_DETAILS } = event.data;
      return { type: 'RecordClosing', round, outcome, details };
    }
    case CASE_CLOSED:
      return { type: 'RecordClosing', round: event.data.round, outcome: event.data.outcome, details: NO_DETAILS };
    case CASE_REOPENED:
      return { type: 'RecordReopening', round: event.data.round };
    default:
      return null;
  }
}
