import {
  CASE_REOPENED,
  CASE_RESOLVED,
  CASE_RETURN_CHARGED,
  CASE_RETURNED,
  CASE_ROUTED,
  MILESTONE_MET,
  MILESTONE_MISSED,
  PROMISE_BREACHED,
  PROMISE_EXCUSED,
  PROMISE_MADE,
  PROMISE_MOVED,
  PROMISE_REVISED,
  REQUEST_SUBMITTED,
  type IntakeEvent,
  type RoutingEvent,
} from '@onedoor/contracts';
import type { React, Reaction } from '@onedoor/engine';
import type { FactCommand } from './events.js';

/** A command without `at` and without local dates: the handler adds both. */
export type WantFact = Undated<FactCommand>;

/** Each kind by itself: `Omit` over a union would keep only what all kinds share. */
type Undated<Command> = Command extends { readonly at: string } ? Omit<Command, 'at' | `${string}On`> : never;

/** What the others say about a reference becomes a fact, where figures need it. */
export const reactToPublic: React = (event) => {
  const command = commandFor(event as IntakeEvent | RoutingEvent);
  return command === null ? [] : [{ aggregate: 'fact', id: event.subject, command } satisfies Reaction];
};

function commandFor(event: IntakeEvent | RoutingEvent): WantFact | null {
  const { sequence, time } = event;
  switch (event.type) {
    case REQUEST_SUBMITTED:
      return { type: 'RecordSubmission', sequence, service: event.data.service, submittedAt: time };
    case CASE_ROUTED:
      return { type: 'RecordRouting', sequence, round: event.data.round, department: event.data.department };
    case PROMISE_MADE:
    case PROMISE_MOVED:
      return { type: 'RecordPromise', sequence, round: event.data.round, dueAt: event.data.dueAt };
    case PROMISE_BREACHED:
      return { type: 'RecordBreach', sequence, round: event.data.round, heldBy: { department: event.data.department } };
    case PROMISE_REVISED:
      return { type: 'RecordRevision', sequence, round: event.data.round, revisedTo: event.data.dueAt };
    case CASE_RETURNED: {
      const { round, department, isWithinHours } = event.data;
      return { type: 'RecordReturn', sequence, round, department, isWithinHours, returnedAt: time };
    }
    case CASE_RETURN_CHARGED:
      return { type: 'RecordReturnCharge', sequence, round: event.data.round, department: event.data.department };
    case PROMISE_EXCUSED:
      return { type: 'RecordExcuse', sequence, round: event.data.round, reason: event.data.reason };
    case MILESTONE_MET:
    case MILESTONE_MISSED:
      return { type: 'RecordMilestone', sequence, ...event.data, isMet: event.type === MILESTONE_MET };
    case CASE_RESOLVED: {
      const { round, department, outcome, onTime } = event.data;
      return { type: 'RecordResolution', sequence, round, department, outcome, onTime, resolvedAt: time };
    }
    case CASE_REOPENED: {
      const { round, isCorrection = false, reason = null } = event.data;
      return { type: 'RecordReopening', sequence, round, isCorrection, reason };
    }
    default:
      return null;
  }
}
