import {
  CASE_CLOSED,
  CASE_REOPENED,
  CASE_RESOLVED,
  CASE_RESUMED,
  CASE_RETURN_CHARGED,
  CASE_RETURNED,
  CASE_ROUTED,
  CASE_WAITING,
  MILESTONE_MET,
  MILESTONE_MISSED,
  PROMISE_BREACHED,
  PROMISE_DUE_SOON,
  PROMISE_EXCUSED,
  PROMISE_MADE,
  PROMISE_MOVED,
  PROMISE_PAUSED,
  PROMISE_REVISED,
  type RoutingEvent,
} from '../routing-events.js';
import type { DuePart } from '../due-part.js';
import { EXCUSE_REASONS, RETURN_REASONS, REVISE_REASONS } from '../vocabulary.js';
import type { DescribedEvents } from './described-event.js';
import { added, code, count, flag, instant, list, oneOf, orNull, record, text } from './member.js';
import { CLOSING_DETAILS, DEPARTMENT, OUTCOME, PAUSE_REASON, ROUND, WAIT_REASON } from './shared-members.js';

const DUE_AT = instant('When the promise to the resident falls due, in UTC. Exactly then is on time.');

const DUE_PARTS = list(
  record<DuePart>('One part.', {
    kind: oneOf(
      ['restart', 'next_business_day', 'cut_off', 'count', 'pause'],
      'count: the clock ran. pause: it stood still, or the due instant moved by that. next_business_day: it was started on a day that is ' +
        'none. cut_off: it was started too late for its day. restart: what is before it no longer counts.',
    ),
    from: instant('Where it begins, in UTC.'),
    to: instant('Where it ends, in UTC.'),
    amount: orNull(count('How much was counted or paused, in `unit`; null where only time passed.')),
    unit: orNull(
      oneOf(
        ['business_days', 'calendar_days', 'business_milliseconds', 'elapsed_milliseconds'],
        'Of the amount: days, or time that is open or any; null where there is none.',
      ),
    ),
    reason: orNull(text('The code of a pause or restart; null of other parts.')),
    holidays: list(
      text('A local date, such as 2026-11-11.'),
      'The holidays in it that are no business days; each is named in one part only.',
    ),
  }),
  'Why it falls due then: a chain from the start of its clock to `dueAt`, without words, to be said in any language.',
);

const MILESTONE = {
  round: ROUND,
  department: DEPARTMENT,
  milestone: text('Its name: acknowledge, start, or one that the agreement of the department gives, such as inspect.'),
  dueAt: instant('When the milestone falls due, in UTC. Exactly then is in time.'),
};

export const ROUTING_EVENTS: DescribedEvents<RoutingEvent> = {
  [CASE_ROUTED]: {
    says: 'A department answers for the case from now on; null: it waits in triage.',
    data: { round: ROUND, department: orNull(DEPARTMENT) },
  },
  [CASE_RETURNED]: {
    says: 'A department gave the case back to triage.',
    data: {
      round: ROUND,
      department: DEPARTMENT,
      reason: oneOf(RETURN_REASONS, 'Why it is not its own.'),
      isWithinHours: flag('Whether within the hours that its agreement gives it for that: then it can be charged to 311.'),
    },
  },
  [CASE_RETURN_CHARGED]: {
    says: 'That the case had been sent to a department which returned it is charged to 311.',
    data: { round: ROUND, department: DEPARTMENT },
  },
  [CASE_WAITING]: {
    says: 'Work can not go on, for a reason. Whether a clock stands still meanwhile is told by itself.',
    data: { round: ROUND, reason: WAIT_REASON, until: instant('When it is to be looked at again, in UTC.') },
  },
  [CASE_RESUMED]: {
    says: 'The wait is over. When the promise falls due now was told before, where that moved.',
    data: { round: ROUND },
  },
  [PROMISE_MADE]: { says: 'The resident is promised an end.', data: { round: ROUND, department: DEPARTMENT, dueAt: DUE_AT } },
  [PROMISE_PAUSED]: {
    says: 'The promise stands still while the case waits; what it falls due at is said when it goes on.',
    data: { round: ROUND, reason: PAUSE_REASON, until: instant('When it goes on at the latest, in UTC.') },
  },
  [PROMISE_MOVED]: {
    says: 'The promise falls due at another instant, because the case waited for what the city cannot do.',
    data: {
      round: ROUND,
      dueAt: DUE_AT,
      revisedTo: added(instant('What the resident is told instead; absent where staff did not revise the date.')),
      reason: added(PAUSE_REASON),
      parts: added(DUE_PARTS),
    },
  },
  [PROMISE_REVISED]: {
    says: 'The resident is told another date. The promise itself falls due when it did, and by that it is judged.',
    data: {
      round: ROUND,
      department: orNull(DEPARTMENT),
      dueAt: instant('By when the resident is told from now on, in UTC.'),
      reason: oneOf(REVISE_REASONS, 'Why.'),
    },
  },
  [PROMISE_DUE_SOON]: {
    says: 'The promise falls due soon, as early as its agreement asks to be warned.',
    data: { round: ROUND, department: orNull(DEPARTMENT), dueAt: DUE_AT },
  },
  [PROMISE_BREACHED]: {
    says: 'The promise was not kept at its due instant, by the department that had the case then; null: it was in triage.',
    data: { round: ROUND, department: orNull(DEPARTMENT), dueAt: DUE_AT },
  },
  [PROMISE_EXCUSED]: {
    says: 'The breach of this round was excused, for a reason: it stays a breach.',
    data: {
      round: ROUND,
      department: orNull(DEPARTMENT),
      reason: oneOf(EXCUSE_REASONS, 'Why the breach is not held against the department.'),
    },
  },
  [MILESTONE_MET]: { says: 'A department reached a milestone that it owes beside the resolution, in time.', data: MILESTONE },
  [MILESTONE_MISSED]: { says: 'A department had not reached a milestone that it owes beside the resolution by then.', data: MILESTONE },
  [CASE_RESOLVED]: {
    says: 'The work has ended, by the department that had the case; null: it ended in triage.',
    data: {
      round: ROUND,
      outcome: OUTCOME,
      department: orNull(DEPARTMENT),
      onTime: orNull(flag('Whether the promise of this round was kept; null where nothing was promised.')),
      details: added(CLOSING_DETAILS),
    },
  },
  [CASE_CLOSED]: {
    says: 'The story ended: the resident agreed, or said nothing for as long as was agreed.',
    data: { round: ROUND, outcome: OUTCOME },
  },
  [CASE_REOPENED]: {
    says: 'The case is open again, in a new round.',
    data: {
      round: ROUND,
      isCorrection: added(flag('Whether a record was corrected: the rounds before were not so, and count in no figure.')),
      reason: added(code('Why, such as not_fixed; absent for a correction.')),
    },
  },
};
