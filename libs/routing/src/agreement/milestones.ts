import type { ServiceTarget } from './agreement.js';

/** The name of a milestone: `acknowledge`, `start` and `resolve` are reached by commands of their own, any other by `reach`. */
export const MILESTONE_CODE = /^[a-z][a-z0-9_-]{0,59}$/;
export const MILESTONE_RULE = 'milestone: must be acknowledge, start, resolve or another code in small letters';

/** What commands and statuses of a case are called: a target under such a name would look measured by them, and be measured by nothing. */
const MEASURED_BY_NOTHING: Readonly<Record<string, string>> = {
  accept: 'acknowledge',
  accepted: 'acknowledge',
  acknowledged: 'acknowledge',
  assign: 'acknowledge',
  assigned: 'acknowledge',
  started: 'start',
  in_progress: 'start',
  close: 'resolve',
  closed: 'resolve',
  resolved: 'resolve',
  transfer: 'resolve',
  return: 'resolve',
  'accept-return': 'resolve',
  revise: 'resolve',
  wait: 'resolve',
  waiting: 'resolve',
  resume: 'resolve',
  reopen: 'resolve',
  excuse: 'resolve',
  reach: 'resolve',
  triage: 'acknowledge',
  queued: 'acknowledge',
};

/** Milestones that a department may owe for one service: each is a clock that every case of the service carries. */
const MILESTONES_MAX = 10;

/** The targets that nothing measures, and services with more of them than a case can carry. */
export function milestoneProblems(targets: readonly ServiceTarget[]): readonly string[] {
  const unmeasured = targets
    .filter(({ milestone }) => Object.hasOwn(MEASURED_BY_NOTHING, milestone))
    .map(({ service, milestone }) => `${service}: nothing measures ${milestone}; is ${MEASURED_BY_NOTHING[milestone]} meant?`);
  const crowded = [...Map.groupBy(targets, ({ service }) => service)]
    .filter(([, ofService]) => ofService.length > MILESTONES_MAX)
    .map(([service]) => `${service}: must not have more than ${MILESTONES_MAX} targets`);
  return [...unmeasured, ...crowded];
}
