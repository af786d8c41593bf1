import { join } from 'node:path';
import { openMemory } from '@onedoor/adapters';
import {
  CASE_ROUTED,
  PROMISE_BREACHED,
  PROMISE_EXCUSED,
  REQUEST_SUBMITTED,
  ROUTING_TOPIC,
  WORK_ROUTED,
  workTopic,
  type PublicEvent,
} from '@onedoor/contracts';
import { published, Relay } from '@onedoor/engine';
import { AlarmLog, goldenStream, HastyClock, messagesOf, readGolden, restore } from '@onedoor/testkit';
import { CASE } from '../aggregates.js';
import { assess, hours, legStarted, open, promised, QUEUED, reported, routed, terms, TRIAGED } from '../../test/case.fixtures.js';
import { caseDecider } from './decider.js';
import type { CaseEvent } from './events.js';
import { publishCase } from './publish.js';
import { reactToIntake } from './react.js';

const SAMPLES = readGolden<PublicEvent>(join(import.meta.dirname, '../../../contracts/src/golden'));
const STORY = goldenStream(join(import.meta.dirname, 'golden'), 'case-9AN03NQK8NE');

async function publishedOf(): Promise<Awaited<ReturnType<typeof messagesOf>>> {
  const data = openMemory();
  await restore(data.store, STORY);
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
    const ofRouting = [...SAMPLES.keys()].filter((type) => type.startsWith('gov.onedoor.routing.'));
    expect(messages.map(({ event }) => event.type).sort()).toEqual(ofRouting.sort());
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
