import type { RecordedEvent } from '@onedoor/engine';
import { MINUTE_MS, msOf, type Instant } from '@onedoor/kernel';
import { countOf, roundOf, roundsOf, sum, type History } from './history.js';

interface News {
  readonly kind: string;
  readonly round: number;
  readonly dueAt?: Instant;
}

interface Notification {
  readonly n: number;
  readonly news: News;
  readonly heldUntil: Instant | null;
}

/** What each event of intake is told as, by a notification of its own. Moved dates and waits are gathered, and may be over untold. */
const TOLD_BY_ITSELF = [
  ['ServiceRequestSubmitted', 'submitted'],
  ['ServiceRequestClosed', 'resolved'],
  ['ServiceRequestReopened', 'reopened'],
] as const;

/** Events after which a date that was promised before need not be told any more, and the one that promises. */
const DATED = ['ServiceRequestPromised', 'ServiceRequestPaused', 'ServiceRequestResumed', 'ServiceRequestClosed', 'ServiceRequestReopened'];

/** Events for the resident without their notification, notifications without their event, and a last date that was not told. */
export function missingNotifications(history: History): number {
  const notifications = notificationsIn(history);
  const told = (kind: string): number => notifications.filter(({ news }) => news.kind === kind).length;
  const missing = TOLD_BY_ITSELF.map(([type, kind]) => Math.abs(countOf(history, type) - told(kind)));
  const promisedRounds = new Set(roundsOf(history, 'ServiceRequestPromised'));
  const withoutPromise = Math.abs(promisedRounds.size - told('promised'));
  return sum([...missing, withoutPromise]) + (isLastDateTold(history, notifications) ? 0 : 1);
}

/** Notifications that are neither sent nor suppressed, but for those that are held for what may follow them. */
export function notificationsUnderWay(history: History, now: Instant): number {
  const ended = new Set([...numbersOf(history, 'NotificationSent'), ...numbersOf(history, 'NotificationSuppressed')]);
  return notificationsIn(history).filter(({ n, heldUntil }) => !ended.has(n) && (heldUntil === null || heldUntil <= now)).length;
}

/** Where the last thing that the resident is to know of a request is a date, it is the last one that they are told. */
function isLastDateTold(history: History, notifications: readonly Notification[]): boolean {
  const last = DATED.flatMap((type) => history.get(type) ?? []).reduce<RecordedEvent | null>(
    (latest, event) => (latest !== null && latest.revision > event.revision ? latest : event),
    null,
  );
  if (last?.type !== 'ServiceRequestPromised') return true;
  const suppressed = new Set(numbersOf(history, 'NotificationSuppressed'));
  const date = notifications.findLast(({ n, news }) => news.dueAt !== undefined && news.round === roundOf(last) && !suppressed.has(n));
  const { dueAt } = last.data as { readonly dueAt: Instant };
  return date?.news.dueAt !== undefined && minuteOf(date.news.dueAt) === minuteOf(dueAt);
}

/** With the news that took the place of the first. */
function notificationsIn(history: History): readonly Notification[] {
  const replaced = new Map((history.get('NotificationReplaced') ?? []).map(({ data }) => [(data as Notification).n, data as Notification]));
  return (history.get('NotificationRequested') ?? []).map(({ data }) => {
    const requested = data as Notification;
    return { ...requested, news: replaced.get(requested.n)?.news ?? requested.news };
  });
}

const numbersOf = (history: History, type: string): readonly number[] =>
  (history.get(type) ?? []).map(({ data }) => (data as { readonly n: number }).n);

/** Messages show dates to the minute. */
const minuteOf = (instant: Instant): number => Math.floor(msOf(instant) / MINUTE_MS);
