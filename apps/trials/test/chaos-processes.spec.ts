import type { RecordedEvent } from '@onedoor/engine';
import { missingNotifications, notificationsUnderWay } from '../src/chaos-processes/notifications-of.js';

const NOW = '2026-11-23T15:00:00.000Z';
const [FIRST, LATER] = ['2026-11-25T14:00:00.000Z', '2026-11-26T14:00:00.000Z'];

type Fact = readonly [type: string, data?: object];

/** The events of a request and of its correspondence, each stream in its order. */
function historyOf(...facts: readonly Fact[]): ReadonlyMap<string, readonly RecordedEvent[]> {
  const events = facts.map(([type, data = {}], revision) => ({ type, data, revision }) as RecordedEvent);
  return Map.groupBy(events, ({ type }) => type);
}

const requested = (n: number, kind: string, more: object = {}, heldUntil: string | null = null): Fact => [
  'NotificationRequested',
  { n, news: { kind, round: 1, ...more }, heldUntil },
];
const SUBMITTED: Fact = ['ServiceRequestSubmitted'];
const promised = (dueAt: string): Fact => ['ServiceRequestPromised', { round: 1, dueAt }];
const TOLD = [SUBMITTED, requested(1, 'submitted'), promised(FIRST), requested(2, 'promised', { dueAt: FIRST })];

describe('what the trial of processes misses of a request', () => {
  it('is nothing where each fact was told', () => {
    expect(missingNotifications(historyOf(...TOLD))).toBe(0);
  });

  it.each<[string, readonly Fact[]]>([
    ['a report that was not told', [SUBMITTED]],
    ['a message that nothing gave occasion for', [...TOLD, requested(3, 'resolved')]],
    ['a closing that was not told', [...TOLD, ['ServiceRequestClosed', { round: 1 }]]],
    ['a date that was told twice', [...TOLD, requested(3, 'promised', { dueAt: FIRST })]],
    ['a moved date that was not told', [...TOLD, promised(LATER)]],
    [
      'a moved date that was not sent',
      [...TOLD, promised(LATER), requested(3, 'promise_moved', { dueAt: LATER }), ['NotificationSuppressed', { n: 3 }]],
    ],
  ])('is %s', (_what, facts) => {
    expect(missingNotifications(historyOf(...facts))).toBeGreaterThan(0);
  });

  it.each<[string, readonly Fact[]]>([
    ['the same to the minute', [...TOLD, promised('2026-11-25T14:00:30.000Z')]],
    [
      'told by a notification that took its place',
      [...TOLD, promised(LATER), ['NotificationReplaced', { n: 2, news: { kind: 'promised', round: 1, dueAt: LATER } }]],
    ],
    ['over by a closing', [...TOLD, promised(LATER), ['ServiceRequestClosed', { round: 1 }], requested(3, 'resolved')]],
  ])('is no moved date that is %s', (_what, facts) => {
    expect(missingNotifications(historyOf(...facts))).toBe(0);
  });

  it('is under way until it is sent or suppressed, but for what is held', () => {
    const held = requested(3, 'promise_moved', { dueAt: LATER }, '2026-11-23T15:10:00.000Z');
    const history = historyOf(...TOLD, ['NotificationSent', { n: 1 }], held);
    expect(notificationsUnderWay(history, NOW)).toBe(1);
    expect(notificationsUnderWay(history, '2026-11-23T15:10:00.000Z')).toBe(2);
  });
});
