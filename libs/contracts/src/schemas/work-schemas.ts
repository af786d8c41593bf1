import { WORK_FINISHED, WORK_ROUTED, WORK_WITHDRAWN, type WorkEvent } from '../work-events.js';
import type { DescribedEvents } from './described-event.js';
import { added, instant, oneOf, orNull, text } from './member.js';
import { DEPARTMENT, LOCATION, OUTCOME, ROUND } from './shared-members.js';

export const WORK_EVENTS: DescribedEvents<WorkEvent> = {
  [WORK_ROUTED]: {
    says: "The case is this department's from now on: it is new, was handed over, or was reopened.",
    data: {
      round: ROUND,
      department: DEPARTMENT,
      service: text('Code of the service that was asked for.'),
      dueAt: orNull(instant('When the promise to the resident falls due, in UTC; null where none was made.')),
      legDueAt: orNull(instant("When this department's own time is up under its agreement, in UTC; null where nothing was agreed.")),
      location: added(orNull(LOCATION)),
    },
  },
  [WORK_WITHDRAWN]: {
    says: "The case is no longer this department's, though it is not finished.",
    data: {
      round: ROUND,
      department: DEPARTMENT,
      because: oneOf(['transferred', 'returned'], 'Handed to another department, or sent back to triage.'),
    },
  },
  [WORK_FINISHED]: {
    says: 'This department ended the work of this round.',
    data: { round: ROUND, department: DEPARTMENT, outcome: OUTCOME },
  },
};
