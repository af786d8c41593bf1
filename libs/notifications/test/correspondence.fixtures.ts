import { deterministicId, type RecordedEvent } from '@onedoor/engine';
import { instantOf, MINUTE_MS, msOf, type Instant } from '@onedoor/kernel';
import type {
  Announce,
  ClaimNotification,
  EndWait,
  OpenCorrespondence,
  RecordFailure,
  RecordSent,
  Suppress,
} from '../src/correspondence/command.js';
import { CORRESPONDENCE_SHAPES, type CorrespondenceEvent } from '../src/correspondence/events.js';

/** Monday, nine o'clock in New York. */
export const monday: Instant = '2026-03-02T14:00:00.000Z';
export const minutes = (count: number): Instant => instantOf(msOf(monday) + count * MINUTE_MS);
export const days = (count: number): Instant => minutes(count * 24 * 60);

export const REFERENCE = '9AN03NQK8NE';
const service = { code: 'pothole', name: 'Pothole' };
const contact = { sealed: 'bm90LWEtcmVhbC1jb250YWN0' };
const promise = { kind: 'promised', round: 1, dueAt: days(3) } as const;

// Commands.

type Draft<Command> = Partial<Omit<Command, 'type'>>;

export const open = (draft: Draft<OpenCorrespondence> = {}): OpenCorrespondence => ({
  type: 'OpenCorrespondence',
  at: monday,
  service,
  language: 'en',
  contact,
  ...draft,
});
export const announce = (draft: Draft<Announce> = {}): Announce => ({ type: 'Announce', at: minutes(1), news: promise, ...draft });
export const endWait = (draft: Draft<EndWait> = {}): EndWait => ({ type: 'EndWait', at: minutes(1), round: 1, dueAt: days(3), ...draft });
export const claim = (at: Instant = minutes(1)): ClaimNotification => ({ type: 'ClaimNotification', at });
export const recordSent = (draft: Draft<RecordSent> = {}): RecordSent => ({
  type: 'RecordSent',
  at: minutes(2),
  n: 1,
  attempt: 1,
  ...draft,
});
export const recordFailure = (draft: Draft<RecordFailure> = {}): RecordFailure => ({
  type: 'RecordFailure',
  at: minutes(2),
  n: 1,
  attempt: 1,
  failure: 'deferred',
  code: 'SMTP_450',
  ...draft,
});
export const suppress = (draft: Draft<Suppress> = {}): Suppress => ({
  type: 'Suppress',
  at: minutes(2),
  n: 1,
  reason: 'no_address',
  ...draft,
});

// Events.

type Of<Type extends CorrespondenceEvent['type']> = Extract<CorrespondenceEvent, { readonly type: Type }>;

const builder =
  <Type extends CorrespondenceEvent['type']>(type: Type, defaults: Of<Type>['data'], usualAt: Instant) =>
  ({ at = usualAt, ...data }: Partial<Of<Type>['data']> & { readonly at?: Instant } = {} as never): Of<Type> =>
    ({ type, at, data: { ...defaults, ...data } }) as unknown as Of<Type>;

export const opened = builder('CorrespondenceOpened', { service, language: 'en', contact }, monday);
export const requested = builder(
  'NotificationRequested',
  { n: 1, channel: 'email', language: 'en', news: { kind: 'submitted', round: 1 }, heldUntil: null },
  monday,
);
export const claimed = builder('NotificationClaimed', { n: 1, attempt: 1, claimedUntil: minutes(6) }, minutes(1));
export const sent = builder('NotificationSent', { n: 1, attempt: 1 }, minutes(2));
export const failed = builder(
  'NotificationFailed',
  { n: 1, attempt: 1, failure: 'deferred', code: 'SMTP_450', nextAttemptAt: minutes(3) },
  minutes(2),
);
export const suppressed = builder('NotificationSuppressed', { n: 1, reason: 'no_address' }, minutes(2));
export const promised = (draft: Parameters<typeof requested>[0] = {}): Of<'NotificationRequested'> =>
  requested({ at: minutes(1), n: 2, news: promise, ...draft });

/** A date that moved, held for a quarter of an hour. */
export const moved = (at: Instant, dueAt: Instant, n = 3): Of<'NotificationRequested'> =>
  requested({ at, n, news: { kind: 'promise_moved', round: 1, dueAt }, heldUntil: instantOf(msOf(at) + 15 * MINUTE_MS) });
export const replaced = builder('NotificationReplaced', { n: 2, news: { ...promise, dueAt: days(4) } }, minutes(3));

/** The story of the golden files up to what was sent, and a second notification after it, which is refused. */
export function withRefusal(golden: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const [first] = golden;
  if (first === undefined) throw new Error('There are no golden files');
  const second = [
    promised({ at: minutes(5) }),
    claimed({ at: minutes(6), n: 2 }),
    failed({ at: minutes(7), n: 2, failure: 'refused', code: 'SMTP_550', nextAttemptAt: null }),
  ];
  const more = second.map((event) => ({
    ...first,
    ...event,
    v: CORRESPONDENCE_SHAPES[event.type].v,
    id: deterministicId('second story', event.type),
    recordedAt: event.at,
  }));
  const sentOnly = golden.filter(({ type }) => type !== 'NotificationSuppressed' && type !== 'NotificationReplaced');
  return [...sentOnly, ...more].map((event, revision) => ({ ...event, revision }));
}
