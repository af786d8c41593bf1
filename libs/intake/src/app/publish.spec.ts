import { join } from 'node:path';
import { openMemory } from '@onedoor/adapters';
import {
  CASE_CLOSED,
  CASE_REOPENED,
  CASE_ROUTED,
  INTAKE_TOPIC,
  PROMISE_BREACHED,
  PROMISE_DUE_SOON,
  PROMISE_MADE,
  PROMISE_MOVED,
  type PublicEvent,
} from '@onedoor/contracts';
import { Relay } from '@onedoor/engine';
import { goldenStream, messagesOf, readGolden, restore } from '@onedoor/testkit';
import { INTAKE_PUBLICATIONS } from './publish.js';
import { reactToRouting } from './react.js';

const SAMPLES = readGolden<PublicEvent>(join(import.meta.dirname, '../../../contracts/src/golden'));
const STORY = goldenStream(join(import.meta.dirname, '../domain/service-request/golden'), 'request-9AN03NQK8NE');

describe('what intake tells the other contexts', () => {
  it('is what the samples of its contract say, and nothing of what the resident was told', async () => {
    const { store, bus, checkpoints } = openMemory();
    await restore(store, STORY);
    await new Relay('intake', INTAKE_PUBLICATIONS, { store, bus, checkpoints }).run({ signal: new AbortController().signal, untilCaughtUp: true });
    const ofIntake = [...SAMPLES].filter(([type]) => type.startsWith('gov.onedoor.intake.'));
    expect((await messagesOf(bus, [INTAKE_TOPIC])).map(({ event }) => event)).toEqual(ofIntake.map(([, sample]) => sample));
  });
});

describe('what intake does about what it is told', () => {
  const reactionTo = (type: string) => reactToRouting(SAMPLES.get(type) as PublicEvent);
  const told = (command: object) => [{ aggregate: 'request', id: '9AN03NQK8NE', command }];

  it.each([
    [CASE_ROUTED, { type: 'RecordRouting', round: 1, department: 'parks' }],
    [PROMISE_MADE, { type: 'RecordPromise', round: 1, dueAt: '2026-03-03T14:00:00.000Z' }],
    [PROMISE_MOVED, { type: 'RecordPromise', round: 1, dueAt: '2026-03-03T20:00:00.000Z' }],
    [CASE_CLOSED, { type: 'RecordClosing', round: 1, outcome: 'fixed' }],
    [CASE_REOPENED, { type: 'RecordReopening', round: 2 }],
  ])('%s', (type, command) => {
    expect(reactionTo(type)).toEqual(told(command));
  });

  it.each([PROMISE_DUE_SOON, PROMISE_BREACHED])('the resident is told nothing by %s', (type) => {
    expect(reactionTo(type)).toEqual([]);
  });
});
