import { Matches } from 'class-validator';
import { MILESTONE_CODE, MILESTONE_RULE } from '../../agreement/milestones.js';
import { caseCommand, WORKERS_ON_CASES } from './command.js';

class ReachMilestoneBody {
  /** Which ones there are depends on the department's agreement. */
  @Matches(MILESTONE_CODE, { message: MILESTONE_RULE })
  milestone!: string;
}

export const reach = caseCommand({
  name: 'reach',
  type: 'ReachMilestone',
  summary: "Say that a milestone is reached that the department's agreement names for the service",
  details: 'Acceptance, start and resolution have commands of their own; `acknowledge`, `start` and `resolve` are reached by them.',
  body: ReachMilestoneBody,
  example: { milestone: 'inspect' },
  roles: WORKERS_ON_CASES,
  refusals: { MILESTONE_NOT_OWED: 409 },
});
