import { accept, instantOf, MINUTE_MS, msOf, reject, type Decision, type Instant } from '@onedoor/kernel';
import type { Announce } from './command.js';
import type { CorrespondenceEvent, DateNews, News, SuppressionReason } from './events.js';
import type { Correspondence, Notification } from './state.js';

/** Far more than any request gives occasion for: a loop between contexts ends here, before the resident's mailbox is full. */
const MOST_NOTIFICATIONS = 200;

/** How long a moved date is held: moves that follow within it are told as one. */
const GATHERING_MS = 15 * MINUTE_MS;

/** News for the reporter: it gets a notification of its own, changes the last one that no courier took up yet, or is no news. */
export function announce(state: Correspondence, { at, news }: Announce): Decision<CorrespondenceEvent> {
  const untold = untoldIn(state);
  if (!isOfDate(news)) return request(state, at, news, superseded(untold, at));
  const pending = untold !== null && isOfDate(untold.news) && untold.news.round === news.round ? untold : null;
  const told = dateTold(state, news.round, pending);
  if (told !== null && isShownAlike(told, news.dueAt))
    return accept(...(pending === null ? superseded(untold, at) : suppressed(pending, at, 'date_unchanged')));
  if (pending === null) return request(state, at, news, superseded(untold, at));
  if (isOfDate(pending.news) && pending.news.dueAt === news.dueAt) return accept();
  return accept<CorrespondenceEvent>({
    type: 'NotificationReplaced',
    at,
    data: { n: pending.n, news: { ...(pending.news as DateNews), dueAt: news.dueAt } },
  });
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

/** A moved date and a wait that were not told yet are over with the next news: the resident is not told of both at once. */
const superseded = (untold: Notification | null, at: Instant): readonly CorrespondenceEvent[] =>
  suppressed(untold?.news.kind === 'promise_moved' || untold?.news.kind === 'waiting' ? untold : null, at, 'superseded');

const suppressed = (untold: Notification | null, at: Instant, reason: SuppressionReason): readonly CorrespondenceEvent[] =>
  untold === null ? [] : [{ type: 'NotificationSuppressed', at, data: { n: untold.n, reason } }];

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
