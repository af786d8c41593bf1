import { join } from 'node:path';
import { openMemory } from '@onedoor/adapters';
import {
  CASE_RESUMED,
  CASE_ROUTED,
  CASE_WAITING,
  PROMISE_BREACHED,
  PROMISE_EXCUSED,
  PROMISE_MOVED,
  REQUEST_SUBMITTED,
  ROUTING_TOPIC,
  WORK_DUE_CHANGED,
  WORK_ROUTED,
  workTopic,
  type PublicEvent,
} from '@onedoor/contracts';
import { published, Relay } from '@onedoor/engine';
import { AlarmLog, goldenStream, HastyClock, messagesOf, readGolden, restore } from '@onedoor/testkit';
import { CASE } from '../aggregates.js';
import {
  assess,
  breached,
  cap,
  giveBack,
  hours,
  legStarted,
  open,
  paused,
  placement,
  promised,
  QUEUED,
  reported,
  resume,
  revise,
  route,
  routed,
  terms,
  TRIAGED,
  wait,
  waiting,
} from '../../test/case.fixtures.js';
import type { CaseCommand } from './command.js';
import { caseDecider } from './decider.js';
import type { CaseEvent } from './events.js';
import { publishCase } from './publish.js';
import { reactToIntake } from './react.js';

const SAMPLES = readGolden<PublicEvent>(join(import.meta.dirname, '../../../contracts/src/golden'));
const STORY = goldenStream(join(import.meta.dirname, 'golden'), 'case-9AN03NQK8NE');

/** It ends on a department's leg: the department is told of what happens to its clocks by a story that does not. */
const ON_A_LEG = ['PromisePaused', 'PromiseResumed'].reduce(
  (story, wanted) => [...story, ...STORY.filter(({ type }) => type === wanted).map((event) => ({ ...event, revision: story.length }))],
  STORY.slice(0, 4),
);

async function publishedOf(story = STORY): Promise<Awaited<ReturnType<typeof messagesOf>>> {
  const data = openMemory();
  await restore(data.store, story);
  await new Relay('routing', [published(CASE, publishCase)], {
    ...data,
    clock: new HastyClock('2026-03-02T14:00:00.000Z'),
    alarm: new AlarmLog().alarm,
  }).run({ signal: new AbortController().signal, untilCaughtUp: true });
  return messagesOf(data.bus, [ROUTING_TOPIC, workTopic('parks')]);
}

describe('what routing tells the other contexts and departments', () => {
  it('is what the samples of its contract say, event by event', async () => {
    const messages = await publishedOf();
    expect(messages.map(({ event }) => event)).toEqual(messages.map(({ event }) => SAMPLES.get(event.type)));
  });

  it('has a sample of each of its types in that story', async () => {
    const messages = await publishedOf();
    const ofRouting = [...SAMPLES.keys()].filter((type) => type.startsWith('gov.onedoor.routing.') && type !== WORK_DUE_CHANGED);
    expect(messages.map(({ event }) => event.type).sort()).toEqual(ofRouting.sort());
  });

  it('is what its sample says of a clock that a department works by', async () => {
    const messages = await publishedOf(ON_A_LEG);
    expect(messages.at(-1)).toEqual({ topic: workTopic('parks'), event: SAMPLES.get(WORK_DUE_CHANGED) });
  });

  it('says of work to the topic of its department, and of cases to all', async () => {
    const topics = new Set((await publishedOf()).map(({ topic, event }) => `${topic} ${event.type.split('.')[3] ?? ''}`));
    expect([...topics].sort()).toEqual([
      `${ROUTING_TOPIC} case`,
      `${ROUTING_TOPIC} milestone`,
      `${ROUTING_TOPIC} promise`,
      `${workTopic('parks')} work`,
    ]);
  });

  it('charges no department with a promise that was over before the case came to it', () => {
    const agreed = terms();
    const late: readonly CaseEvent[] = [
      ...TRIAGED,
      routed({ at: hours(30), department: 'works', because: 'staff' }),
      promised({ at: hours(30), department: 'works', terms: agreed }),
      legStarted({ at: hours(30), department: 'works' }),
    ];
    const told = (story: readonly CaseEvent[], at: string) => {
      const state = story.reduce(caseDecider.evolve, caseDecider.initial);
      const decision = caseDecider.decide(assess(at), state);
      const events = decision.outcome === 'accepted' ? decision.events : [];
      return events.flatMap((event) => (event.type === 'PromiseBreached' ? publishCase(event, caseDecider.evolve(state, event)) : []));
    };
    expect(told(late, hours(30))).toMatchObject([{ type: PROMISE_BREACHED, data: { department: null, dueAt: hours(24) } }]);
    expect(told(QUEUED, hours(24))).toMatchObject([{ type: PROMISE_BREACHED, data: { department: 'parks', dueAt: hours(24) } }]);
  });

  it('says nothing of a leg that ended before logs named why', () => {
    const state = { exists: true } as Parameters<typeof publishCase>[1];
    expect(
      publishCase(
        {
          type: 'LegEnded',
          at: '2026-03-02T14:00:00.000Z',
          data: { department: 'parks', startedAt: '2026-03-02T14:00:00.000Z', onTime: true, because: null },
        },
        state,
      ),
    ).toEqual([]);
  });

  it.each([
    ['that has the case', { status: 'in_progress', department: 'parks' }],
    ['that held it when it ended', { status: 'closed', department: 'parks' }],
    ['of triage, which is none', { status: 'triage', department: null }],
  ])('tells all that a breach was excused, and the department %s', (_which, { status, department }) => {
    const state = { exists: true, round: 2, status, department } as Parameters<typeof publishCase>[1];
    const excused = { type: 'CaseBreachExcused', at: '2026-03-03T23:00:00.000Z', data: { round: 2, reason: 'other_agency' } } as const;
    expect(publishCase(excused, state)).toEqual([
      { topic: ROUTING_TOPIC, type: PROMISE_EXCUSED, data: { round: 2, department, reason: 'other_agency' } },
    ]);
  });

  it('tells a department where a public request is, and never where another one is', () => {
    const [placed, withheld] = (['public', 'private'] as const).map((visibility) => {
      const details = visibility === 'public' ? reported().details : null;
      const story = caseDecider.decide(
        open({ visibility, reported: reported({ details, sealedDetails: { sealed: 'cGxhY2U' } }) }),
        caseDecider.initial,
      );
      const events = story.outcome === 'accepted' ? story.events : [];
      const state = events.reduce(caseDecider.evolve, caseDecider.initial);
      return events.flatMap((event) => publishCase(event, state)).find(({ type }) => type === WORK_ROUTED)?.data;
    });
    expect(placed).toMatchObject({ location: { lat: 42.5, long: -71.25 } });
    expect(withheld).toMatchObject({ location: null });
    expect(JSON.stringify(withheld)).not.toContain('cGxhY2U');
  });

  describe('of a date that moves', () => {
    /** What is told of the last so many events of a story. */
    const toldOf = (story: readonly CaseEvent[], last: number) => {
      let state = caseDecider.initial;
      return story.flatMap((event, index) => {
        state = caseDecider.evolve(state, event);
        return index < story.length - last ? [] : publishCase(event, state);
      });
    };
    const decided = (story: readonly CaseEvent[], ...commands: readonly CaseCommand[]): readonly CaseEvent[] =>
      commands.reduce((events, command) => {
        const decision = caseDecider.decide(command, events.reduce(caseDecider.evolve, caseDecider.initial));
        return decision.outcome === 'accepted' ? [...events, ...decision.events] : events;
      }, story);
    const toDepartment = (story: readonly CaseEvent[], last: number) =>
      toldOf(story, last).flatMap(({ topic, type, data }) => (topic === workTopic('parks') ? [{ type, data }] : []));
    const due = (data: object) => ({
      type: WORK_DUE_CHANGED,
      data: { round: 1, department: 'parks', reason: 'weather', revisedTo: null, ...data },
    });
    const WAIT = wait({ at: hours(4), pause: cap(8) });
    const PAUSED = decided(QUEUED, WAIT);

    it('a wait that stops both clocks is told to the department once of each, without a date that counts no more', () => {
      expect(toDepartment(PAUSED, 3)).toEqual([
        due({ clock: 'promise', because: 'paused', dueAt: null, legDueAt: hours(24), isPaused: true, isLegPaused: false }),
        due({ clock: 'department', because: 'paused', dueAt: null, legDueAt: null, isPaused: true, isLegPaused: true }),
      ]);
    });

    it('so is the end of it, with the dates as they are then', () => {
      expect(toDepartment(decided(PAUSED, resume({ at: hours(10) })), 3)).toEqual([
        due({ clock: 'promise', because: 'resumed', dueAt: hours(30), legDueAt: null, isPaused: false, isLegPaused: true }),
        due({ clock: 'department', because: 'resumed', dueAt: hours(30), legDueAt: hours(30), isPaused: false, isLegPaused: false }),
      ]);
    });

    it("a wait inside the city moves the department's date alone", () => {
      const PERMIT = { reason: 'permit', dueAt: hours(24), isPaused: false };
      const story = decided(QUEUED, wait({ at: hours(4), reason: 'permit', pause: cap(8) }));
      expect(toDepartment(story, 2)).toEqual([
        due({ ...PERMIT, clock: 'department', because: 'paused', legDueAt: null, isLegPaused: true }),
      ]);
      expect(toDepartment(decided(story, resume({ at: hours(6) })), 2)).toEqual([
        due({ ...PERMIT, clock: 'department', because: 'resumed', legDueAt: hours(26), isLegPaused: false }),
      ]);
    });

    it('a leg of an earlier release, which stood still with the promise, moves with it', () => {
      const before = [...QUEUED, waiting({ at: hours(4) }), paused({ at: hours(4), stopsLeg: true })];
      expect(toDepartment(decided(before, resume({ at: hours(10) })), 2)).toEqual([
        due({ clock: 'promise', because: 'resumed', dueAt: hours(30), legDueAt: hours(30), isPaused: false, isLegPaused: false }),
      ]);
    });

    it('a revised date is told beside the one by which the promise is judged, and to the next department on its arrival', () => {
      const story = decided(QUEUED, revise({ at: hours(2), dueAt: hours(60) }));
      expect(toDepartment(story, 1)).toEqual([
        due({
          clock: 'promise',
          because: 'revised',
          dueAt: hours(24),
          revisedTo: hours(60),
          legDueAt: hours(24),
          isPaused: false,
          isLegPaused: false,
        }),
      ]);
      const moved = decided(story, route({ at: hours(3), placement: placement({ department: 'works', because: 'staff' }) }));
      expect(toldOf(moved, 1)).toMatchObject([
        { topic: workTopic('works'), type: WORK_ROUTED, data: { dueAt: hours(24), revisedTo: hours(60) } },
      ]);
    });

    it('is told to no department while the case is in triage', () => {
      const story = decided(QUEUED, giveBack({ at: hours(1) }), revise({ at: hours(2), dueAt: hours(60) }));
      expect(toldOf(story, 1)).toMatchObject([{ topic: ROUTING_TOPIC }]);
    });

    it('all are told why, as a code and as parts without words that lead to the date', () => {
      const [moved] = toldOf(decided(PAUSED, resume({ at: hours(10) })), 3);
      const part = (kind: string, from: number, to: number, reason: string | null) => ({
        kind,
        from: hours(from),
        to: hours(to),
        amount: (to - from) * 3_600_000,
        unit: 'elapsed_milliseconds',
        reason,
        holidays: [],
      });
      expect(moved).toEqual({
        topic: ROUTING_TOPIC,
        type: PROMISE_MOVED,
        data: {
          round: 1,
          dueAt: hours(30),
          reason: 'weather',
          parts: [part('count', 0, 4, null), part('pause', 4, 10, 'weather'), part('count', 10, 30, null)],
        },
      });
    });

    it('all are told that the case waits and goes on, also where no clock stands still, and of a moved date before that', () => {
      const late = decided([...QUEUED, breached({ at: hours(24) })], wait({ at: hours(30), expectedUntil: hours(40), pause: cap(8) }));
      expect(toldOf(late, 1)).toEqual([
        { topic: ROUTING_TOPIC, type: CASE_WAITING, data: { round: 1, reason: 'weather', until: hours(40) } },
      ]);
      expect(toldOf(decided(late, resume({ at: hours(31) })), 1)).toEqual([
        { topic: ROUTING_TOPIC, type: CASE_RESUMED, data: { round: 1 } },
      ]);
      const types = toldOf(decided(PAUSED, resume({ at: hours(10) })), 3).flatMap(({ topic, type }) =>
        topic === ROUTING_TOPIC ? [type] : [],
      );
      expect(types).toEqual([PROMISE_MOVED, CASE_RESUMED]);
    });
  });

  it('holds nothing that was sealed: notes stay inside', async () => {
    expect(JSON.stringify(STORY)).toContain('sealed');
    expect(JSON.stringify(await publishedOf())).not.toContain('sealed');
  });
});

describe('what routing does about what it is told', () => {
  const submitted = SAMPLES.get(REQUEST_SUBMITTED) as PublicEvent;

  const told = { type: 'OpenCase', service: 'pothole', visibility: 'public', department: null };
  const opening = (command: object) => [{ aggregate: 'case', id: submitted.subject, command }];

  it('a submitted request becomes a case under the same reference, with what was reported', () => {
    const details = { ...reported().details, mediaUrl: 'https://example.org/pothole.jpg' };
    expect(reactToIntake(submitted)).toEqual(opening({ ...told, reported: { ...reported(), details } }));
  });

  it('a message of an earlier release does not say what was reported', () => {
    const { reported: _, ...data } = submitted.data as Readonly<Record<string, unknown>>;
    expect(reactToIntake({ ...submitted, data })).toEqual(opening({ ...told, reported: null }));
  });

  it('anything else is none of its business', () => {
    expect(reactToIntake({ ...submitted, type: CASE_ROUTED })).toEqual([]);
    expect(reactToIntake({ ...submitted, type: 'gov.onedoor.intake.request.submitted.v2' })).toEqual([]);
  });
});
