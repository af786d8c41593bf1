import { join } from 'node:path';
import { openMemory } from '@onedoor/adapters';
import {
  CASE_CLOSED,
  CASE_REOPENED,
  CASE_RESOLVED,
  CASE_RESUMED,
  CASE_ROUTED,
  CASE_WAITING,
  INTAKE_TOPIC,
  NO_DETAILS,
  PROMISE_BREACHED,
  PROMISE_DUE_SOON,
  PROMISE_EXCUSED,
  PROMISE_MADE,
  PROMISE_MOVED,
  PROMISE_PAUSED,
  REQUEST_RESUMED,
  type PublicEvent,
} from '@onedoor/contracts';
import { published, Relay } from '@onedoor/engine';
import { AlarmLog, goldenStream, HastyClock, messagesOf, readGolden, restore } from '@onedoor/testkit';
import { hours, submitted, toldPause, toldPromise, toldResume } from '../../test/intake.fixtures.js';
import { SERVICE_REQUEST } from '../aggregates.js';
import { serviceRequestDecider } from './decider.js';
import type { ServiceRequestEvent } from './events.js';
import { publishServiceRequest } from './publish.js';
import { reactToRouting } from './react.js';

const MOVE_ID = '5f0c7a54-95d7-8d0c-9b0e-5f2b0d3b6a11';
const SAMPLES = readGolden<PublicEvent>(join(import.meta.dirname, '../../../contracts/src/golden'));
/** The story of the golden files, in which the promise also moves once. */
const STORY = goldenStream(join(import.meta.dirname, 'golden'), 'request-9AN03NQK8NE')
  .flatMap((event) =>
    event.type === 'ServiceRequestPromised'
      ? [event, { ...event, id: MOVE_ID, data: { round: 1, dueAt: '2026-03-06T14:00:00.000Z' } }]
      : [event],
  )
  .map((event, revision) => ({ ...event, revision }));

describe('what intake tells the other contexts', () => {
  it('is what the samples of its contract say', async () => {
    const data = openMemory();
    await restore(data.store, STORY);
    await new Relay('intake', [published(SERVICE_REQUEST, publishServiceRequest)], {
      ...data,
      clock: new HastyClock('2026-03-02T14:00:00.000Z'),
      alarm: new AlarmLog().alarm,
    }).run({ signal: new AbortController().signal, untilCaughtUp: true });
    const messages = (await messagesOf(data.bus, [INTAKE_TOPIC])).map(({ event }) => event);
    expect(messages).toEqual(messages.map(({ type }) => SAMPLES.get(type)));
    const ofIntake = [...SAMPLES.keys()].filter((type) => type.startsWith('gov.onedoor.intake.request.'));
    expect(messages.map(({ type }) => type).sort()).toEqual(ofIntake.sort());
  });
});

describe('what intake tells of the end of a wait', () => {
  it.each([
    ['the date that stands', [toldPromise()], hours(72)],
    ['no date that is over', [toldPromise({ dueAt: hours(5) })], null],
    ['no date where nothing was promised', [], null],
  ] as const)('is %s', (_what, promises, dueAt) => {
    const resumed = toldResume({ at: hours(5) });
    const story: readonly ServiceRequestEvent[] = [submitted(), ...promises, toldPause({ by: 'case' }), resumed];
    const state = story.reduce(serviceRequestDecider.evolve, serviceRequestDecider.initial);
    expect(publishServiceRequest(resumed, state)).toEqual([{ topic: INTAKE_TOPIC, type: REQUEST_RESUMED, data: { round: 1, dueAt } }]);
  });
});

describe('what intake does about what it is told', () => {
  const reactionTo = (type: string) => reactToRouting(SAMPLES.get(type) as PublicEvent);
  const told = (command: object) => [{ aggregate: 'request', id: '9AN03NQK8NE', command }];

  it.each([
    [CASE_ROUTED, { type: 'RecordRouting', round: 1, department: 'parks' }],
    [PROMISE_MADE, { type: 'RecordPromise', round: 1, dueAt: '2026-03-03T14:00:00.000Z' }],
    [PROMISE_MOVED, { type: 'RecordPromise', round: 1, dueAt: '2026-03-03T20:00:00.000Z' }],
    [PROMISE_PAUSED, { type: 'RecordPause', round: 1, reason: 'weather', by: 'promise' }],
    [CASE_RESUMED, { type: 'RecordResume', round: 1 }],
    [CASE_RESOLVED, { type: 'RecordClosing', round: 1, outcome: 'fixed', details: NO_DETAILS }],
    [CASE_CLOSED, { type: 'RecordClosing', round: 1, outcome: 'fixed', details: NO_DETAILS }],
    [CASE_REOPENED, { type: 'RecordReopening', round: 2 }],
  ])('%s', (type, command) => {
    expect(reactionTo(type)).toEqual(told(command));
  });

  it('the resident is told of a wait for them, and of no other', () => {
    const wait = SAMPLES.get(CASE_WAITING) as PublicEvent<typeof CASE_WAITING, object>;
    const reason = 'waiting for the resident';
    expect(reactToRouting({ ...wait, data: { ...wait.data, reason } })).toEqual(
      told({ type: 'RecordPause', round: 1, reason, by: 'case' }),
    );
    expect(reactToRouting(wait)).toEqual([]);
  });

  it.each([PROMISE_DUE_SOON, PROMISE_BREACHED, PROMISE_EXCUSED])('the resident is told nothing by %s', (type) => {
    expect(reactionTo(type)).toEqual([]);
  });
});
