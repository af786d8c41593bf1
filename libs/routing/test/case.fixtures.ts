import { instantOf, msOf, type Instant } from '@onedoor/kernel';
import { dueAt, startClock, warningsAt, type Calendar, type Clock, type Target, type Warning } from '@onedoor/sla';
import { NO_ENDING } from '../src/case/ending.js';
import type { CaseEvent } from '../src/case/events.js';
import type {
  AcceptCase,
  AcceptReturn,
  AssessClocks,
  AssignCase,
  CloseCase,
  OpenCase,
  ReachMilestone,
  ReopenCase,
  ResolveCase,
  ResumeCase,
  ReturnCase,
  ReviseDate,
  RouteCase,
  StartCase,
  WaitCase,
} from '../src/case/command.js';
import type { Reported } from '@onedoor/contracts';
import type { Placement, Terms } from '../src/case/promise.js';

/** Monday, nine o'clock in New York: every case of the specs is opened here unless it says otherwise. */
export const monday: Instant = '2026-03-02T14:00:00.000Z';

/** So many hours after that Monday morning. */
export const hours = (count: number): Instant => instantOf(msOf(monday) + count * 3_600_000);

export const justBefore = (instant: Instant): Instant => instantOf(msOf(instant) - 1);
export const justAfter = (instant: Instant): Instant => instantOf(msOf(instant) + 1);

const NINE_TO_FIVE = [{ from: '09:00', to: '17:00' }];

export const OFFICE: Calendar = {
  id: 'office',
  version: 1,
  zone: 'America/New_York',
  weeklyHours: { 1: NINE_TO_FIVE, 2: NINE_TO_FIVE, 3: NINE_TO_FIVE, 4: NINE_TO_FIVE, 5: NINE_TO_FIVE },
  holidays: [{ date: '2026-05-25', name: 'Memorial Day' }],
  skipHolidays: true,
  businessDays: { cutOff: '17:00', nextStart: '09:00', dueWithinHours: false },
};

const DAY_AND_NIGHT = [{ from: '00:00', to: '24:00' }];

/** Of a department that is there at any hour, and so can be warned at any. */
export const ROUND_THE_CLOCK: Calendar = {
  ...OFFICE,
  id: 'round-the-clock',
  weeklyHours: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, DAY_AND_NIGHT])),
  businessDays: { cutOff: null, nextStart: null, dueWithinHours: false },
};

/** A day, with a warning after three quarters of it: due at `hours(24)`, warned at `hours(18)`. */
const A_DAY: Target = { amount: 24, unit: 'elapsed_hours' };
const LATE_WARNING: readonly Warning[] = [{ fraction: 0.75 }];

interface ClockDraft {
  readonly startedAt?: Instant;
  readonly target?: Target;
  readonly warnings?: readonly Warning[];
}

export const clock = ({ startedAt = monday, target = A_DAY, warnings = LATE_WARNING }: ClockDraft = {}): Clock =>
  startClock({
    milestone: 'resolve',
    startedAt,
    target,
    calendar: target.unit.startsWith('elapsed') ? ROUND_THE_CLOCK : OFFICE,
    warnings,
  });

/** Terms with a resolution. */
export interface ResolveTerms extends Terms {
  readonly clock: Clock;
}

interface TermsDraft extends ClockDraft {
  readonly agreementVersion?: number;
  /** What else is owed, by name: hours from the start on. */
  readonly owed?: Readonly<Record<string, number>>;
}

export const terms = ({ agreementVersion = 1, owed = {}, ...draft }: TermsDraft = {}): ResolveTerms => ({
  agreementVersion,
  clock: clock(draft),
  milestones: Object.entries(owed).map(([milestone, amount]) => ({
    ...clock({ ...draft, target: { amount, unit: 'elapsed_hours' }, warnings: [] }),
    milestone,
  })),
});

/** A reason to wait that stops clocks for so many hours of a round. */
export const cap = (count: number) => ({ capMs: count * 3_600_000 });

export const placement = (draft: Partial<Placement> = {}): Placement => ({
  department: 'parks',
  because: 'rules',
  rulesVersion: 3,
  terms: terms(),
  ...draft,
});

/** Nobody's yet, and nothing promised. */
export const TRIAGE: Placement = { department: null, because: 'fallback', rulesVersion: 3, terms: null };

// Commands.

type Draft<Command> = Partial<Omit<Command, 'type'>>;

/** What was reported about a pothole at a place that does not exist. */
export const reported = (draft: Partial<Reported> = {}): Reported => ({
  cell: 'drt3f8v',
  details: { location: { lat: 42.5, long: -71.25, address: '1 Example Street, Testville', addressId: null }, mediaUrl: null },
  sealedDetails: null,
  description: { sealed: 'bm90LWEtcmVhbC1yZXBvcnQ' },
  answers: [],
  photos: [],
  ...draft,
});

export const open = (draft: Draft<OpenCase> = {}): OpenCase => ({
  type: 'OpenCase',
  at: monday,
  service: 'pothole',
  visibility: 'public',
  reported: reported(),
  placement: placement(),
  ...draft,
});
export const route = (draft: Draft<RouteCase> = {}): RouteCase => ({
  type: 'RouteCase',
  at: hours(1),
  placement: placement({
    department: 'works',
    because: 'staff',
    rulesVersion: null,
    terms: terms({ startedAt: draft.at ?? hours(1), agreementVersion: 7 }),
  }),
  ...draft,
});
export const acceptWork = (draft: Draft<AcceptCase> = {}): AcceptCase => ({ type: 'AcceptCase', at: hours(1), ...draft });
export const giveBack = (draft: Draft<ReturnCase> = {}): ReturnCase => ({
  type: 'ReturnCase',
  at: hours(1),
  reason: 'wrong_department',
  note: null,
  withinHours: null,
  ...draft,
});
export const acceptReturn = (at: Instant = hours(2)): AcceptReturn => ({ type: 'AcceptReturn', at });
export const revise = (draft: Draft<ReviseDate> = {}): ReviseDate => ({
  type: 'ReviseDate',
  at: hours(1),
  dueAt: hours(60),
  reason: 'weather',
  ...draft,
});
export const assign = (draft: Draft<AssignCase> = {}): AssignCase => ({ type: 'AssignCase', at: hours(1), assignee: 'staff-2', ...draft });
export const start = (draft: Draft<StartCase> = {}): StartCase => ({ type: 'StartCase', at: hours(1), ...draft });
export const reach = (draft: Draft<ReachMilestone> = {}): ReachMilestone => ({
  type: 'ReachMilestone',
  at: hours(1),
  milestone: 'inspect',
  ...draft,
});
export const wait = (draft: Draft<WaitCase> = {}): WaitCase => ({
  type: 'WaitCase',
  at: hours(1),
  reason: 'weather',
  expectedUntil: hours(10),
  pause: null,
  ...draft,
});
export const resume = (draft: Draft<ResumeCase> = {}): ResumeCase => ({ type: 'ResumeCase', at: hours(1), ...draft });
export const resolve = (draft: Draft<ResolveCase> = {}): ResolveCase => ({
  type: 'ResolveCase',
  at: hours(1),
  outcome: 'fixed',
  ending: NO_ENDING,
  note: null,
  ...draft,
});
export const close = (draft: Draft<CloseCase> = {}): CloseCase => ({ type: 'CloseCase', at: hours(1), round: 1, ...draft });
export const reopen = (draft: Draft<ReopenCase> = {}): ReopenCase => ({
  type: 'ReopenCase',
  at: hours(1),
  round: 1,
  reason: 'not_fixed',
  terms: terms({ startedAt: draft.at ?? hours(1) }),
  ...draft,
});
export const assess = (at: Instant): AssessClocks => ({ type: 'AssessClocks', at });

// Events: one builder a type, each with the time it happened and, where it matters, its data.

type Of<Type extends CaseEvent['type']> = Extract<CaseEvent, { readonly type: Type }>;
type Told<Data> = Data extends Record<string, never> ? unknown : Partial<Data>;
type EventDraft<Type extends CaseEvent['type']> = Told<Of<Type>['data']> & { readonly at?: Instant };

const builder =
  <Type extends CaseEvent['type']>(type: Type, defaults: Of<Type>['data']): ((draft?: EventDraft<Type>) => Of<Type>) =>
  ({ at = monday, ...data } = {} as EventDraft<Type>) =>
    ({ type, at, data: { ...defaults, ...data } }) as unknown as Of<Type>;

export const opened = builder('CaseOpened', { service: 'pothole', visibility: 'public', round: 1, reported: reported() });
export const routed = builder('CaseRouted', { department: 'parks', because: 'rules', rulesVersion: 3, reason: null });
export const accepted = builder('CaseAccepted', { department: 'parks' });
export const returned = builder('CaseReturned', { department: 'parks', reason: 'wrong_department', isWithinHours: false, note: null });
export const returnCharged = builder('CaseReturnCharged', { round: 1, department: 'parks' });
export const revised = builder('CasePromiseRevised', { round: 1, dueAt: hours(60), reason: 'weather' });
export const assigned = builder('CaseAssigned', { assignee: 'staff-1' });
export const started = builder('CaseStarted', {});
export const waiting = builder('CaseWaiting', { reason: 'weather', expectedUntil: hours(10), note: null });
export const resumed = builder('CaseResumed', {});
export const resolved = builder('CaseResolved', {
  round: 1,
  outcome: 'fixed',
  department: 'parks',
  onTime: true,
  ending: NO_ENDING,
  note: null,
});
export const closed = builder('CaseClosed', { round: 1, outcome: 'fixed' });
export const reopened = builder('CaseReopened', { round: 2, reason: 'not_fixed' });
export const dueSoon = builder('PromiseDueSoon', { round: 1, warning: 0, dueAt: hours(24) });
export const breached = builder('PromiseBreached', { round: 1, dueAt: hours(24) });
export const paused = builder('PromisePaused', { round: 1, reason: 'weather', capAt: hours(12), stopsLeg: false });
export const promiseResumed = builder('PromiseResumed', { round: 1, dueAt: hours(24), warnings: [{ warning: 0, at: hours(18) }] });
export const reached = builder('CaseMilestoneReached', { milestone: 'inspect' });
export const legPaused = builder('LegPaused', { department: 'parks', reason: 'weather', capAt: hours(12) });
export const legResumed = builder('LegResumed', { department: 'parks', milestones: [{ milestone: 'resolve', dueAt: hours(24) }] });
export const legMet = builder('LegMilestoneMet', { department: 'parks', milestone: 'acknowledge', dueAt: hours(2) });
export const legMissed = builder('LegMilestoneMissed', { department: 'parks', milestone: 'resolve', dueAt: hours(24) });
export const legEnded = builder('LegEnded', { department: 'parks', startedAt: monday, onTime: true, because: 'resolved' });

/** A promise frozen from a clock: when it is due follows from that, here worked out by the library for clocks. */
export const promised = ({
  at = monday,
  round = 1,
  department = 'parks',
  terms: { agreementVersion, clock: frozen } = terms({ startedAt: at }),
}: {
  readonly at?: Instant;
  readonly round?: number;
  readonly department?: string;
  readonly terms?: ResolveTerms;
} = {}): Of<'PromiseMade'> => ({
  type: 'PromiseMade',
  at,
  data: {
    round,
    department,
    agreementVersion,
    clock: frozen,
    dueAt: dueAt(frozen) as Instant,
    warnings: warningsAt(frozen).map(({ warning, at: warnedAt }) => ({ warning: frozen.warnings.indexOf(warning), at: warnedAt })),
  },
});

export const legStarted = ({
  at = monday,
  department = 'parks',
  terms: agreed = terms({ startedAt: at }),
}: {
  readonly at?: Instant;
  readonly department?: string;
  readonly terms?: ResolveTerms | null;
} = {}): Of<'LegStarted'> => ({
  type: 'LegStarted',
  at,
  data: {
    department,
    agreementVersion: agreed?.agreementVersion ?? null,
    clock: agreed?.clock ?? null,
    dueAt: agreed && dueAt(agreed.clock),
    milestones: (agreed?.milestones ?? []).map((each) => ({ clock: each, dueAt: dueAt(each) as Instant })),
  },
});

// Stories so far, by the status they lead to; all of it on Monday morning.

export const TRIAGED: readonly CaseEvent[] = [opened(), routed({ department: null, because: 'fallback' })];
export const QUEUED: readonly CaseEvent[] = [opened(), routed(), promised(), legStarted()];
export const ASSIGNED: readonly CaseEvent[] = [...QUEUED, assigned()];
export const IN_PROGRESS: readonly CaseEvent[] = [...ASSIGNED, started()];
export const WAITING: readonly CaseEvent[] = [...IN_PROGRESS, waiting()];
export const RESOLVED: readonly CaseEvent[] = [...IN_PROGRESS, legEnded(), resolved()];
export const CLOSED: readonly CaseEvent[] = [...RESOLVED, closed()];
