import { join } from 'node:path';
import { openMemory } from '@onedoor/adapters';
import {
  NO_DETAILS,
  NOTIFICATIONS_TOPIC,
  REQUEST_CLOSED,
  REQUEST_PAUSED,
  REQUEST_PROMISE_MOVED,
  REQUEST_PROMISED,
  REQUEST_REOPENED,
  REQUEST_RESUMED,
  REQUEST_SUBMITTED,
  type PublicEvent,
} from '@onedoor/contracts';
import { published, Relay } from '@onedoor/engine';
import { AlarmLog, goldenStream, HastyClock, messagesOf, readGolden, restore } from '@onedoor/testkit';
import { withRefusal } from '../../test/correspondence.fixtures.js';
import { CORRESPONDENCE } from './decider.js';
import { publishCorrespondence } from './publish.js';
import { reactToIntake } from './react.js';

const SAMPLES = readGolden<PublicEvent>(join(import.meta.dirname, '../../../contracts/src/golden'));
const STORY = withRefusal(goldenStream(join(import.meta.dirname, 'golden'), 'notification-9AN03NQK8NE'));

describe('what notifications tell the other contexts', () => {
  it('is what the samples of its contract say, and nothing of attempts that are not the last', async () => {
    const data = openMemory();
    await restore(data.store, STORY);
    await new Relay('notifications', [published(CORRESPONDENCE, publishCorrespondence)], {
      ...data,
      clock: new HastyClock('2026-03-02T14:00:00.000Z'),
      alarm: new AlarmLog().alarm,
    }).run({ signal: new AbortController().signal, untilCaughtUp: true });
    const messages = (await messagesOf(data.bus, [NOTIFICATIONS_TOPIC])).map(({ event }) => event);
    expect(messages).toEqual(messages.map(({ type }) => SAMPLES.get(type)));
    const ours = [...SAMPLES.keys()].filter((type) => type.startsWith('gov.onedoor.notifications.'));
    expect(messages.map(({ type }) => type).sort()).toEqual(ours.sort());
  });
});

const sample = (type: string, data: object = {}): PublicEvent => {
  const event = SAMPLES.get(type);
  if (event === undefined) throw new Error(`There is no sample of ${type}`);
  return { ...event, data: { ...(event.data as object), ...data } };
};

describe('what notifications do about what intake says', () => {
  it.each([
    [
      REQUEST_SUBMITTED,
      {
        type: 'OpenCorrespondence',
        service: { code: 'pothole', name: 'Pothole' },
        language: 'en',
        contact: { sealed: 'bm90LWEtcmVhbC1jb250YWN0' },
      },
    ],
    [REQUEST_PROMISED, { type: 'Announce', news: { kind: 'promised', round: 1, dueAt: '2026-03-05T14:00:00.000Z' } }],
    [REQUEST_PROMISE_MOVED, { type: 'Announce', news: { kind: 'promise_moved', round: 1, dueAt: '2026-03-06T14:00:00.000Z' } }],
    [REQUEST_CLOSED, { type: 'Announce', news: { kind: 'resolved', round: 1, outcome: 'fixed', details: NO_DETAILS } }],
    [REQUEST_RESUMED, { type: 'EndWait', round: 1, dueAt: null }],
    [REQUEST_REOPENED, { type: 'Announce', news: { kind: 'reopened', round: 2 } }],
  ])('%s', (type, command) => {
    expect(reactToIntake(sample(type))).toEqual([{ aggregate: 'notification', id: '9AN03NQK8NE', command }]);
  });

  it('is that the city waits for them, where it does, and nothing where it waits for something else', () => {
    const waiting = { type: 'Announce', news: { kind: 'waiting', round: 1 } };
    expect(reactToIntake(sample(REQUEST_PAUSED, { reason: 'waiting for the resident' }))).toEqual([
      { aggregate: 'notification', id: '9AN03NQK8NE', command: waiting },
    ]);
    expect(reactToIntake(sample(REQUEST_PAUSED, { reason: 'weather' }))).toEqual([]);
  });

  it('is nothing for a report without a contact', () => {
    expect(reactToIntake(sample(REQUEST_SUBMITTED, { hasContact: false }))).toEqual([]);
  });

  it('is nothing about what other contexts say', () => {
    expect(reactToIntake(sample('gov.onedoor.routing.case.closed.v1'))).toEqual([]);
  });
});
