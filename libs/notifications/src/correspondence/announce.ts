import { accept, instantOf, MINUTE_MS, msOf, reject, type Decision, type Instant } from '@onedoor/kernel';
import type { Announce, EndWait } from './command.js';
import type { CorrespondenceEvent, DateNews, News, NewsKind, SuppressionReason } from './events.js';
import type { Correspondence, Notification } from './state.js';

/** Far more than any request gives occasion for: a loop between contexts ends here, before the resident's mailbox is full. */
const MOST_NOTIFICATIONS = 200;

/** How long a moved date is held: moves that follow within it are told as one. */
const GATHERING_MS = 15 * MINUTE_MS;

/** News for the reporter: it gets a notification of its own, changes the last one that no courier took up yet, or is no news. */
export function announce(state: Correspondence, { at, news }: Announce): Decision<CorrespondenceEvent> {
  if (!isOfDate(news)) return request(state, at, news, superseded(state, at, ['promise_moved', 'waiting']));
  const untold = untoldIn(state);
  const pending = untold !== null && isOfDate(untold.news) && untold.news.round === news.round ? untold : null;
  const told = dateTold(state, news.round, pending);
  if (told !== null && isShownAlike(told, news.dueAt))
    return accept(...(pending === null ? [] : suppressed(pending, at, 'date_unchanged')));
  if (pending === null) return request(state, at, news, []);
  if (isOfDate(pending.news) && pending.news.dueAt === news.dueAt) return accept();
  return accept<CorrespondenceEvent>({
    type: 'NotificationReplaced',
    at,
    data: { n: pending.n, news: { ...(pending.news as DateNews), dueAt: news.dueAt } },
  });
}

/** A wait that is over is not told any more. A date that it kept from being told is told now, unless it is the one that was told before. */
export function endWait(state: Correspondence, { at, round, dueAt }: EndWait): Decision<CorrespondenceEvent> {
  const over = superseded(state, at, ['waiting']);
  const date =
    dueAt === null
      ? accept<CorrespondenceEvent>()
      : announce(state, { type: 'Announce', at, news: { kind: 'promise_moved', round, dueAt } });
  return date.outcome === 'rejected' ? date : accept(...over, ...date.events);
}

const isOfDate = (news: News): news is DateNews => news.kind === 'promised' || news.kind === 'promise_moved';

/** The last notification, as long as no courier took it up: what follows may still change it. */
function untoldIn({ notifications }: Correspondence): Notification | null {
  const last = notifications.at(-1);
  return last !== undefined && last.status === 'pending' && last.attempt === 0 ? last : null;
}

/** By when the reporter was last told that it is promised in this round; null: not yet, or it did not reach them. */
function dateTold({ notifications }: Correspondence, round: number, except: Notification | null): Instant | null {
  const last = notifications.findLast(
    (each) => each !== except && isOfDate(each.news) && each.news.round === round && (each.status === 'sent' || each.status === 'pending'),
  );
  return last !== undefined && isOfDate(last.news) ? last.news.dueAt : null;
}

/** Messages show dates to the minute, in whichever zone. */
const isShownAlike = (one: Instant, other: Instant): boolean => Math.floor(msOf(one) / MINUTE_MS) === Math.floor(msOf(other) / MINUTE_MS);

/** What is over before it was told is not told any more: a moved date and a wait by what follows them, but no wait by a moved date. */
const superseded = ({ notifications }: Correspondence, at: Instant, kinds: readonly NewsKind[]): readonly CorrespondenceEvent[] =>
  notifications
    .filter(({ status, attempt, news }) => status === 'pending' && attempt === 0 && kinds.includes(news.kind))
    .flatMap((untold) => suppressed(untold, at, 'superseded'));

const suppressed = ({ n }: Notification, at: Instant, reason: SuppressionReason): readonly CorrespondenceEvent[] => [
  { type: 'NotificationSuppressed', at, data: { n, reason } },
];

function request(
  { notifications, language }: Correspondence,
  at: Instant,
  news: News,
  before: readonly CorrespondenceEvent[],
): Decision<CorrespondenceEvent> {
  if (notifications.length >= MOST_NOTIFICATIONS)
    return reject('CORRESPONDENCE_FULL', `At most ${MOST_NOTIFICATIONS} notifications go out about one request`);
  const heldUntil = news.kind === 'promise_moved' ? instantOf(msOf(at) + GATHERING_MS) : null;
  const n = notifications.length + 1;
  return accept<CorrespondenceEvent>(...before, {
    type: 'NotificationRequested',
    at,
    data: { n, channel: 'email', language, news, heldUntil },
  });
}
