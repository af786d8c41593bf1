import { WORK_DUE_CHANGED, WORK_FINISHED, WORK_ROUTED, WORK_WITHDRAWN, type WorkEvent } from '../work-events.js';
import type { DescribedEvents } from './described-event.js';
import { added, flag, instant, oneOf, orNull, text } from './member.js';
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
      revisedTo: added(instant('What the resident was told instead of `dueAt`, in UTC; absent where staff did not revise the date.')),
      location: added(orNull(LOCATION)),
    },
  },
  [WORK_DUE_CHANGED]: {
    says:
      'When this work falls due has changed: one of its two clocks stands still or runs again, or the resident was told another date. ' +
      'Its instants take the place of those before.',
    data: {
      round: ROUND,
      department: DEPARTMENT,
      clock: oneOf(['promise', 'department'], 'Which clock it is about; a wait that stops both is told once of each.'),
      because: oneOf(['paused', 'resumed', 'revised'], 'What happened to it.'),
      reason: text("The reason's code: of the pause, as the department's agreement names it, or of the revision."),
      dueAt: orNull(instant('When the promise to the resident falls due, in UTC; null where none was made, and while it stands still.')),
      revisedTo: orNull(
        instant(
          'What the resident was told instead, in UTC; null where staff did not revise the date, and while the promise stands still.',
        ),
      ),
      legDueAt: orNull(
        instant("When this department's own time is up, in UTC; null where nothing was agreed, and while its clock stands still."),
      ),
      isPaused: flag('Whether the promise stands still.'),
      isLegPaused: flag("Whether the department's clock stands still."),
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
