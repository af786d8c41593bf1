import fc from 'fast-check';
import { WORK_DUE_CHANGED, WORK_FINISHED, WORK_ROUTED, WORK_WITHDRAWN, workTopic, type WorkDueChanged } from '@onedoor/contracts';
import type { Projected } from '@onedoor/engine';
import { instantOf, laterOf, msOf, type Instant } from '@onedoor/kernel';
import type { Target } from '@onedoor/sla';
import {
  acceptReturn,
  acceptWork,
  assess,
  assign,
  close,
  giveBack,
  hours,
  monday,
  open,
  paused,
  placement,
  promiseResumed,
  QUEUED,
  reopen,
  resolve,
  resume,
  revise,
  route,
  start,
  TRIAGE,
  wait,
  waiting,
  terms,
} from '../../test/case.fixtures.js';
import { CASE_OVERVIEW, WITHOUT_PROMISE, type CaseOverview } from './case-overview.js';
import { DUE_LIST, type DueListEntry } from './due-list.js';
import { publishCase } from './publish.js';
import { queueRowOf } from './queues.http.js';
import type { CaseCommand } from './command.js';
import { caseDecider } from './decider.js';
import type { CaseEvent } from './events.js';
import { nextMilestone } from './milestones.js';
import type { CaseState } from './state.js';
import { TRANSITIONS, type CaseCommandName } from './command.js';

/** Some as often as they matter: most things happen between waits, and clocks are looked at often. */
const WANTED = [
  ...(['transfer', 'accept', 'return', 'assign', 'start', 'reach', 'wait', 'wait', 'resume', 'resume'] as const),
  ...(['resolve', 'close', 'reopen', 'excuse', 'revise', 'accept-return', 'assess', 'assess'] as const),
];

/** What is done next, and when: some time later, or around the instant at which the clock does something. */
interface Want {
  readonly action: (typeof WANTED)[number];
  readonly when: { readonly laterMs: number } | { readonly aroundMs: number };
  readonly department: string | null;
  readonly hasTerms: boolean;
  readonly pauseMs: number | null;
  readonly isOldRound: boolean;
}

const HOUR_MS = 3_600_000;

const wants = fc.array(
  fc.record<Want>({
    action: fc.constantFrom(...WANTED),
    when: fc.oneof(
      fc.record({ laterMs: fc.integer({ min: 1, max: 30 * HOUR_MS }) }),
      fc.record({ aroundMs: fc.constantFrom(-1, 0, 0, 1) }),
    ),
    department: fc.constantFrom('parks', 'works', null),
    hasTerms: fc.boolean(),
    pauseMs: fc.option(fc.integer({ min: 1, max: 40 * HOUR_MS })),
    isOldRound: fc.boolean(),
  }),
  { maxLength: 25 },
);

const BY_TIME: readonly Target[] = [
  { amount: 24, unit: 'elapsed_hours' },
  { amount: 90, unit: 'business_minutes' },
  { amount: 12, unit: 'business_hours' },
];
const BY_DAYS: readonly Target[] = [
  { amount: 1, unit: 'business_days' },
  { amount: 2, unit: 'calendar_days' },
];

/** A command, what it led to, and the state before and after: as the executor runs it, and its handler prepares it. */
interface Step {
  readonly command: CaseCommand;
  readonly events: readonly CaseEvent[];
  readonly before: CaseState;
  readonly after: CaseState;
}

function live(target: Target, everyWant: readonly Want[]): readonly Step[] {
  const termsAt = (startedAt: Instant) =>
    terms({ startedAt, target, warnings: [{ fraction: 0.5 }, { fraction: 0.9 }], owed: { acknowledge: 3, start: 8, inspect: 20 } });
  const steps: Step[] = [];
  let state: CaseState = caseDecider.initial;
  let at = monday;
  let lastAt = monday;
  const run = (command: CaseCommand): void => {
    const decision = caseDecider.decide(command, state);
    const events = decision.outcome === 'accepted' ? decision.events : [];
    const before = state;
    state = events.reduce(caseDecider.evolve, state);
    lastAt = events.reduce((latest, event) => laterOf(latest, event.at), lastAt);
    steps.push({ command, events, before, after: state });
  };
  run(open({ placement: placement({ terms: termsAt(monday) }) }));
  for (const want of everyWant) {
    const milestone = state.exists ? nextMilestone(state) : null;
    const wanted = 'laterMs' in want.when ? msOf(at) + want.when.laterMs : msOf(milestone?.event.at ?? at) + want.when.aroundMs;
    // After the ticker's look, no command comes at the very same instant: which of the two was first would be a matter of luck.
    const last = steps.at(-1)?.command.type === 'AssessClocks' ? 1 : 0;
    at = instantOf(Math.max(wanted, msOf(laterOf(at, lastAt)) + last));
    run(commandOf(want, at, state, want.hasTerms ? termsAt(at) : null));
  }
  return steps;
}

function commandOf(
  { action, department, hasTerms, pauseMs, isOldRound }: Want,
  at: Instant,
  state: CaseState,
  terms: ReturnType<typeof placement>['terms'],
): CaseCommand {
  const round = state.exists && !isOldRound ? state.round : 1;
  const later = instantOf(msOf(at) + (pauseMs ?? HOUR_MS));
  switch (action) {
    case 'transfer':
      return route({ at, placement: department === null ? TRIAGE : placement({ department, because: 'staff', terms }) });
    case 'accept':
      return acceptWork({ at });
    case 'return':
      return giveBack({ at, withinHours: hasTerms ? 4 : null });
    case 'assign':
      return assign({ at, assignee: department ?? 'nobody-else' });
    case 'start':
      return start({ at });
    case 'reach':
      return { type: 'ReachMilestone', at, milestone: 'inspect' };
    case 'wait':
      return wait({ at, expectedUntil: later, pause: pauseMs === null ? null : { capMs: pauseMs } });
    case 'resume':
      return resume({ at });
    case 'resolve':
      return resolve({ at });
    case 'close':
      return close({ at, round });
    case 'excuse':
      return { type: 'ExcuseBreach', at, reason: 'outside_city_control' };
    case 'revise':
      return revise({ at, dueAt: later });
    case 'accept-return':
      return acceptReturn(at);
    case 'reopen':
      return reopen({ at, round, terms });
    case 'assess':
      return assess(at);
  }
}

const eventsOf = (steps: readonly Step[]): readonly CaseEvent[] => steps.flatMap(({ events }) => events);

const RUNS = { numRuns: 300 };

/** A counterexample is a target and what was wanted: short enough to read. */
function check(targets: readonly Target[], holds: (steps: readonly Step[]) => void): void {
  fc.assert(
    fc.property(fc.constantFrom(...targets), wants, (target, everyWant) => holds(live(target, everyWant))),
    RUNS,
  );
}

const ANY = [...BY_TIME, ...BY_DAYS];

const roundsOf = (events: readonly CaseEvent[], type: 'PromiseBreached' | 'CaseResolved' | 'PromiseMade'): readonly number[] =>
  events.flatMap((event) => (event.type === type ? [event.data.round] : []));

const projected = (events: readonly CaseEvent[]): readonly Projected<CaseEvent>[] =>
  events.map(
    (event, revision) =>
      ({ ...event, stream: 'case-3D7K2F9QXM4', revision, position: String(revision).padStart(8, '0') }) as unknown as Projected<CaseEvent>,
  );

describe('whatever is done to a case', () => {
  it('a round has one promise, one breach and one end at most', () => {
    check(ANY, (steps) => {
      for (const type of ['PromiseBreached', 'CaseResolved', 'PromiseMade'] as const) {
        const rounds = roundsOf(eventsOf(steps), type);
        expect(new Set(rounds).size).toBe(rounds.length);
      }
    });
  });

  it('what was resolved by its due instant is never breached, and what was resolved later always is', () => {
    check(ANY, (steps) => {
      for (const { before, events } of steps) {
        const resolved = events.find((event) => event.type === 'CaseResolved');
        if (resolved === undefined) continue;
        const state = events.slice(0, events.indexOf(resolved)).reduce(caseDecider.evolve, before);
        if (!state.exists || state.promise === null) expect(resolved.data.onTime).toBeNull();
        else expect(resolved.data.onTime).toBe(resolved.at <= state.promise.dueAt);
      }
    });
  });

  it('a promise runs from the beginning of its round, whenever it was made', () => {
    check(ANY, (steps) => {
      for (const { after } of steps)
        if (after.exists && after.promise !== null) expect(after.promise.clock.startedAt).toBe(after.roundBeganAt);
    });
  });

  it('a round gives each of its warnings once at most', () => {
    check(ANY, (steps) => {
      const given = eventsOf(steps).flatMap(({ type, data }) => (type === 'PromiseDueSoon' ? [`${data.round}: ${data.warning}`] : []));
      expect(new Set(given).size).toBe(given.length);
    });
  });

  it('nothing is breached after the end of its round', () => {
    check(ANY, (steps) => {
      const ended = new Set<number>();
      for (const event of eventsOf(steps)) {
        if (event.type === 'CaseResolved') ended.add(event.data.round);
        if (event.type === 'PromiseBreached') expect(ended.has(event.data.round)).toBe(false);
      }
    });
  });

  it('an excuse takes no breach away: it stands beside one of its own round, once at most', () => {
    check(ANY, (steps) => {
      const excused = eventsOf(steps).flatMap((event) => (event.type === 'CaseBreachExcused' ? [event.data.round] : []));
      expect(new Set(excused).size).toBe(excused.length);
      expect(roundsOf(eventsOf(steps), 'PromiseBreached')).toEqual(expect.arrayContaining(excused));
      for (const { after } of steps) if (after.exists && (after.promise?.excuse ?? null) !== null) expect(after.breachedAt).not.toBeNull();
    });
  });

  it('every change of status is one of the table', () => {
    const actionOf: Partial<Record<CaseCommand['type'], CaseCommandName>> = {
      RouteCase: 'transfer',
      ReturnCase: 'return',
      AssignCase: 'assign',
      StartCase: 'start',
      WaitCase: 'wait',
      ResumeCase: 'resume',
      ResolveCase: 'resolve',
      CloseCase: 'close',
      ReopenCase: 'reopen',
    };
    check(ANY, (steps) => {
      for (const { command, before, after } of steps.slice(1)) {
        if (!before.exists || !after.exists || before.status === after.status) continue;
        expect(TRANSITIONS[before.status]).toContain(actionOf[command.type]);
      }
    });
  });

  it('its milestones never lie behind what was looked at', () => {
    check(ANY, (steps) => {
      for (const { command, after } of steps) {
        const next = after.exists ? nextMilestone(after) : null;
        if (command.type === 'AssessClocks' && next !== null) expect(next.dueAt > command.at).toBe(true);
      }
    });
  });

  it('time does not run backwards in its stream', () => {
    check(ANY, (steps) => {
      const instants = eventsOf(steps).map(({ at }) => at);
      expect(instants).toEqual([...instants].sort());
    });
  });

  it('asking at once for everything that came due gives the same as asking at each instant', () => {
    check(ANY, (steps) => {
      const state = steps.at(-1)?.after;
      if (!state?.exists) return;
      const end = '2027-01-01T00:00:00.000Z';
      const atOnce = caseDecider.decide(assess(end), state);
      const oneByOne: CaseEvent[] = [];
      let current: CaseState = state;
      for (let next = nextMilestone(state); next !== null; next = current.exists ? nextMilestone(current) : null) {
        const decision = caseDecider.decide(assess(next.event.at), current);
        if (decision.outcome === 'rejected' || decision.events.length === 0) break;
        oneByOne.push(...decision.events);
        current = decision.events.reduce(caseDecider.evolve, current);
      }
      expect(atOnce).toEqual({ outcome: 'accepted', events: oneByOne });
    });
  });
});

describe('what departments are told of their work', () => {
  it('adds up to whose open case it is, whoever had it in between', () => {
    check(ANY, (steps) => {
      const holders = new Set<string>();
      for (const { before, events, after } of steps) {
        let state = before;
        for (const event of events) {
          state = caseDecider.evolve(state, event);
          for (const { topic, type } of publishCase(event, state)) {
            if (type === WORK_ROUTED) holders.add(topic);
            if (type === WORK_WITHDRAWN || type === WORK_FINISHED) expect(holders.delete(topic)).toBe(true);
          }
        }
        const isOpen = after.exists && after.status !== 'resolved' && after.status !== 'closed';
        expect([...holders]).toEqual(isOpen && after.department !== null ? [workTopic(after.department)] : []);
      }
    });
  });

  it('says after every command by when it falls due, and which clocks stand still, as its queue does', () => {
    check(ANY, (steps) => {
      let told: object | null = null;
      let document: CaseOverview | null = null;
      let state: CaseState = caseDecider.initial;
      for (const { events } of steps) {
        for (const event of projected(events)) {
          state = caseDecider.evolve(state, event);
          if (CASE_OVERVIEW.handles.includes(event.type)) document = CASE_OVERVIEW.evolve(document, event);
          for (const { type, data } of publishCase(event, state)) {
            const { dueAt, revisedTo = null, legDueAt, isPaused = false, isLegPaused = false } = data as Partial<WorkDueChanged['data']>;
            if (type === WORK_ROUTED || type === WORK_DUE_CHANGED) told = { dueAt, revisedTo, legDueAt, isPaused, isLegPaused };
            if (type === WORK_WITHDRAWN || type === WORK_FINISHED) told = null;
          }
        }
        if (document !== null && told !== null) expect(queueRowOf(document)).toMatchObject(told);
      }
    });
  });
});

describe('what is shown of a case', () => {
  it('the overview says what the decider knows', () => {
    check(ANY, (steps) => {
      const state = steps.at(-1)?.after;
      const shown = projected(eventsOf(steps))
        .filter(({ type }) => CASE_OVERVIEW.handles.includes(type))
        .reduce<CaseOverview | null>((document, event) => CASE_OVERVIEW.evolve(document, event), null);
      if (!state?.exists) throw new Error('every life begins with an opening');
      const { edition, status, waitingFrom, department, assignee, round, outcome, breachedAt, promise } = state;
      expect(shown).toMatchObject({ edition, status, waitingFrom, department, assignee, round, outcome, breachedAt });
      const isOpen = status !== 'resolved' && status !== 'closed';
      expect(shown).toMatchObject({ isOpen, queueAt: promise?.dueAt ?? WITHOUT_PROMISE });
      if (isOpen) expect(shown?.isAccepted).toBe(state.leg !== null && state.leg.acceptedAt !== null);
      expect(shown).toMatchObject({ dueAt: promise?.dueAt ?? null, isPaused: promise !== null && promise.pauseCapAt !== null });
      const legDueAt = state.leg?.milestones.find(({ clock }) => clock.milestone === 'resolve')?.dueAt ?? null;
      expect(shown).toMatchObject({
        revisedTo: promise?.revisedTo ?? null,
        legDueAt,
        legStandsStill: state.leg?.pause ? 'by_itself' : null,
      });
    });
  });

  it('a leg that stood still with its promise, as in earlier releases, is shown so, and without a date from then on', () => {
    const story = [...QUEUED, waiting({ at: hours(4) }), paused({ at: hours(4), stopsLeg: true })];
    const rowAfter = (...events: readonly CaseEvent[]) => {
      const shown = projected(events)
        .filter(({ type }) => CASE_OVERVIEW.handles.includes(type))
        .reduce<CaseOverview | null>((document, event) => CASE_OVERVIEW.evolve(document, event), null);
      return shown && queueRowOf(shown);
    };
    expect(rowAfter(...story)).toMatchObject({ dueAt: null, legDueAt: null, isPaused: true, isLegPaused: true });
    expect(rowAfter(...story, promiseResumed({ at: hours(10), dueAt: hours(30) }))).toMatchObject({
      dueAt: hours(30),
      legDueAt: null,
      isPaused: false,
      isLegPaused: false,
    });
  });

  it('a case is in the due list as long as its clock does something by itself, with the instant of that', () => {
    check(ANY, (steps) => {
      let entry: DueListEntry | null = null;
      for (const { events, after } of steps) {
        for (const event of projected(events)) if (DUE_LIST.handles.includes(event.type)) entry = DUE_LIST.evolve(entry, event);
        expect(entry?.nextAt).toBe(after.exists ? nextMilestone(after)?.event.at : undefined);
      }
    });
  });
});
