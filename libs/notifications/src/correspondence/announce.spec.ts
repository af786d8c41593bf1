import { givenOf } from '@onedoor/testkit';
import { instantOf, msOf, type Instant } from '@onedoor/kernel';
import {
  announce,
  claimed,
  days,
  endWait,
  failed,
  minutes,
  moved,
  opened,
  promised,
  replaced,
  requested,
  sent,
  suppressed,
} from '../../test/correspondence.fixtures.js';
import { NO_DETAILS } from '@onedoor/contracts';
import { correspondenceDecider } from './decider.js';
import type { CorrespondenceEvent, News } from './events.js';

const given = givenOf(correspondenceDecider);
const SUBMITTED = [opened(), requested(), claimed(), sent()];
/** The reporter was told of the date three days on. */
const TOLD = [...SUBMITTED, promised({ at: minutes(2) }), claimed({ n: 2 }), sent({ n: 2 })];
const moveTo = (dueAt: Instant, at: Instant) => announce({ at, news: { kind: 'promise_moved', round: 1, dueAt } });
const later = (instant: Instant, seconds: number): Instant => instantOf(msOf(instant) + seconds * 1_000);
const CLOSED: News = { kind: 'resolved', round: 1, outcome: 'fixed', details: NO_DETAILS };
const WAITING: News = { kind: 'waiting', round: 1 };
const asked = (news: News, at: Instant, n: number): CorrespondenceEvent => requested({ at, n, news });

describe('a date that moved', () => {
  it('is held for a quarter of an hour, and told at once with what follows meanwhile', () => {
    given(...TOLD)
      .when(moveTo(days(4), minutes(10)))
      .then(moved(minutes(10), days(4)));
    given(...TOLD, moved(minutes(10), days(4)))
      .when(moveTo(days(5), minutes(24)))
      .then(replaced({ at: minutes(24), n: 3, news: { kind: 'promise_moved', round: 1, dueAt: days(5) } }));
  });

  it('is told anew where a courier took the one before up', () => {
    given(...TOLD, moved(minutes(10), days(4)), claimed({ at: minutes(25), n: 3, claimedUntil: minutes(30) }))
      .when(moveTo(days(5), minutes(26)))
      .then(moved(minutes(26), days(5), 4));
  });

  it('is in the first message where that has not gone out', () => {
    given(...SUBMITTED, promised())
      .when(moveTo(days(4), minutes(3)))
      .then(replaced());
  });

  it.each([0, 1, 59])('is no news by %i seconds within the minute that was shown', (seconds) => {
    given(...TOLD)
      .when(moveTo(later(days(3), seconds), minutes(10)))
      .thenNothing();
  });

  it.each([-1, 60])('is news by %i seconds, which show', (seconds) => {
    given(...TOLD)
      .when(moveTo(later(days(3), seconds), minutes(10)))
      .then(moved(minutes(10), later(days(3), seconds)));
  });

  it('is not told where it moved back before the message went out', () => {
    given(...TOLD, moved(minutes(10), days(4)))
      .when(moveTo(later(days(3), 30), minutes(12)))
      .then(suppressed({ at: minutes(12), n: 3, reason: 'date_unchanged' }));
  });

  it('is told where the one before did not reach the reporter', () => {
    const lost = failed({ n: 2, failure: 'refused', code: 'SMTP_550', nextAttemptAt: null });
    given(...SUBMITTED, promised(), claimed({ n: 2 }), lost)
      .when(moveTo(days(3), minutes(10)))
      .then(moved(minutes(10), days(3)));
  });

  it('is told in a new round, whatever was told in the one before', () => {
    const news = { kind: 'promised', round: 2, dueAt: days(3) } as const;
    given(...TOLD)
      .when(announce({ at: minutes(10), news }))
      .then(asked(news, minutes(10), 3));
  });
});

describe('news that takes the place of what was not told yet', () => {
  it.each([
    ['the end', CLOSED],
    ['a wait for the reporter', WAITING],
  ])('is %s, before which no new date is told', (_what, news) => {
    given(...TOLD, moved(minutes(10), days(4)))
      .when(announce({ at: minutes(12), news }))
      .then(suppressed({ at: minutes(12), n: 3, reason: 'superseded' }), asked(news, minutes(12), 4));
  });

  it('is the end of a wait, with the new date that was told before it, and without one that was told already', () => {
    const WAITED = [...TOLD, asked(WAITING, minutes(10), 3)];
    const over = suppressed({ at: minutes(12), n: 3, reason: 'superseded' });
    given(...WAITED)
      .when(endWait({ at: minutes(12) }))
      .then(over);
    given(...WAITED, moved(minutes(12), days(4), 4))
      .when(endWait({ at: minutes(12), dueAt: days(4) }))
      .then(over);
    given(...WAITED)
      .when(endWait({ at: minutes(12), dueAt: null }))
      .then(over);
  });

  it('is no date that moves while the wait lasts: both are told', () => {
    given(...TOLD, asked(WAITING, minutes(10), 3))
      .when(moveTo(days(4), minutes(12)))
      .then(moved(minutes(12), days(4), 4));
    given(...TOLD, asked(WAITING, minutes(10), 3), moved(minutes(12), days(4), 4))
      .when(announce({ at: minutes(14), news: CLOSED }))
      .then(
        suppressed({ at: minutes(14), n: 3, reason: 'superseded' }),
        suppressed({ at: minutes(14), n: 4, reason: 'superseded' }),
        asked(CLOSED, minutes(14), 5),
      );
  });

  it('is told after the wait, where the wait had taken its place', () => {
    const waited = [suppressed({ at: minutes(12), n: 3, reason: 'superseded' }), asked(WAITING, minutes(12), 4)];
    given(...TOLD, moved(minutes(10), days(4)), ...waited, claimed({ n: 4 }), sent({ n: 4 }))
      .when(endWait({ at: minutes(60), dueAt: days(4) }))
      .then(moved(minutes(60), days(4), 5));
  });

  it('is told of a wait, and of the next one', () => {
    const told = [...TOLD, asked(WAITING, minutes(10), 3), claimed({ n: 3 }), sent({ n: 3 })];
    given(...told)
      .when(endWait({ at: minutes(30) }))
      .thenNothing();
    given(...told)
      .when(announce({ at: minutes(40), news: WAITING }))
      .then(asked(WAITING, minutes(40), 4));
  });

  it('never is anything before a first promise or a report: those are told', () => {
    given(...SUBMITTED, promised())
      .when(announce({ at: minutes(3), news: CLOSED }))
      .then(asked(CLOSED, minutes(3), 3));
  });
});
