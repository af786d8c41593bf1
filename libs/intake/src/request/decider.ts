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
          return state.pausedFor === null ? accept() : accept<ServiceRequestEvent>({ type: 'ServiceRequestResumed', at, data: { round } });
        return accept<ServiceRequestEvent>({ type: 'ServiceRequestPromised', at, data: { round, dueAt } });
      }
      case 'RecordPause': {
        const { reason } = command;
        if (state.status === 'closed' || reason === state.pausedFor) return accept();
        return accept<ServiceRequestEvent>({ type: 'ServiceRequestPaused', at, data: { round, reason } });
      }
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
      const untold = { status: 'open', round: 1, department: null, promisedBy: null, pausedFor: null, promises: 0, outcome: null } as const;
      return { exists: true, submission: event.data, submittedAt: event.at, ...untold };
    }
    if (!state.exists) throw new Error('Broken guarantee: the first event of a request is its submission');
    switch (event.type) {
      case 'ServiceRequestRouted':
        return { ...state, department: event.data.department };
      case 'ServiceRequestPromised':
        return { ...state, promisedBy: event.data.dueAt, pausedFor: null, promises: state.promises + 1 };
      case 'ServiceRequestPaused':
        return { ...state, pausedFor: event.data.reason };
      case 'ServiceRequestResumed':
        return { ...state, pausedFor: null };
      case 'ServiceRequestClosed':
        return { ...state, status: 'closed', pausedFor: null, outcome: event.data.outcome };
      case 'ServiceRequestReopened':
        return { ...state, status: 'open', round: event.data.round, promisedBy: null, pausedFor: null, promises: 0, outcome: null };
      default:
        return assertNever(event);
    }
  },
};
