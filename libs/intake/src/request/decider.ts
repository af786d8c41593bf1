import { accept, assertNever, reject, rejectAbsent, type Decider } from '@onedoor/kernel';
import type { ServiceRequestCommand } from './command.js';
import type { ServiceRequestEvent } from './events.js';
import type { ServiceRequestState } from './state.js';

/** The request as the resident knows it: stream `request-<reference>`. */
export const serviceRequestDecider: Decider<ServiceRequestState, ServiceRequestCommand, ServiceRequestEvent> = {
  initial: { exists: false },
  decide(command, state) {
    const { at } = command;
    if (command.type === 'SubmitServiceRequest') {
      if (state.exists) return reject('REFERENCE_TAKEN', 'Another request has this reference');
      return accept<ServiceRequestEvent>({ type: 'ServiceRequestSubmitted', at, data: command.submission });
    }
    if (!state.exists) return rejectAbsent('REQUEST_UNKNOWN', 'There is no request under this reference');
    const { round } = command;
    if (round < state.round) return accept();
    switch (command.type) {
      case 'RecordRouting': {
        const { department } = command;
        if (department === state.department) return accept();
        return accept<ServiceRequestEvent>({ type: 'ServiceRequestRouted', at, data: { round, department } });
      }
      case 'RecordPromise': {
        const { dueAt } = command;
        if (dueAt === state.promisedBy)
          return state.pausedFor === null || state.isWaiting
            ? accept()
            : accept<ServiceRequestEvent>({ type: 'ServiceRequestResumed', at, data: { round } });
        return accept<ServiceRequestEvent>({ type: 'ServiceRequestPromised', at, data: { round, dueAt } });
      }
      case 'RecordPause': {
        const { reason, by } = command;
        // A wait that stops the promise too is told once.
        if (state.status === 'closed' || reason === state.pausedFor) return accept();
        return accept<ServiceRequestEvent>({ type: 'ServiceRequestPaused', at, data: { round, reason, by } });
      }
      case 'RecordResume':
        return state.isWaiting ? accept<ServiceRequestEvent>({ type: 'ServiceRequestResumed', at, data: { round } }) : accept();
      case 'RecordClosing':
        if (state.status === 'closed') return accept();
        return accept<ServiceRequestEvent>({
          type: 'ServiceRequestClosed',
          at,
          data: { round, outcome: command.outcome, details: command.details },
        });
      case 'RecordReopening':
        if (round === state.round) return accept();
        return accept<ServiceRequestEvent>({ type: 'ServiceRequestReopened', at, data: { round } });
      default:
        return assertNever(command);
    }
  },
  evolve(state, event) {
    if (event.type === 'ServiceRequestSubmitted') {
      return { exists: true, submission: event.data, submittedAt: event.at, department: null, round: 1, ...UNTOLD };
    }
    if (!state.exists) throw new Error('Broken guarantee: the first event of a request is its submission');
    switch (event.type) {
      case 'ServiceRequestRouted':
        return { ...state, department: event.data.department };
      case 'ServiceRequestPromised':
        return {
          ...state,
          promisedBy: event.data.dueAt,
          pausedFor: state.isWaiting ? state.pausedFor : null,
          promises: state.promises + 1,
        };
      case 'ServiceRequestPaused':
        return { ...state, pausedFor: event.data.reason, isWaiting: event.data.by === 'case' };
      case 'ServiceRequestResumed':
        return { ...state, ...GOING_ON };
      case 'ServiceRequestClosed':
        return { ...state, ...GOING_ON, status: 'closed', outcome: event.data.outcome };
      case 'ServiceRequestReopened':
        return { ...state, ...UNTOLD, round: event.data.round };
      default:
        return assertNever(event);
    }
  },
};

const GOING_ON = { pausedFor: null, isWaiting: false } as const;

/** As a round begins. */
const UNTOLD = { ...GOING_ON, status: 'open', promisedBy: null, promises: 0, outcome: null } as const;
