import type { Aggregate } from '@onedoor/engine';
import { accept, assertNever, rejectAbsent, type Decider, type Decision, type Instant } from '@onedoor/kernel';
import { announce, endWait } from './announce.js';
import { claimEnd, isOutdated, nextAttempt } from './back-off.js';
import type { CorrespondenceCommand, RecordFailure } from './command.js';
import { CORRESPONDENCE_SHAPES, type CorrespondenceEvent } from './events.js';
import { evolveCorrespondence } from './evolve.js';
import { nextOf, notificationOf, type Correspondence, type CorrespondenceState, type Notification } from './state.js';

/** What is written to the reporter of one request. */
export const correspondenceDecider: Decider<CorrespondenceState, CorrespondenceCommand, CorrespondenceEvent> = {
  initial: { exists: false },
  decide(command, state) {
    const { at } = command;
    if (command.type === 'OpenCorrespondence') {
      if (state.exists) return accept();
      const { service, language, contact } = command;
      const news = { kind: 'submitted', round: 1 } as const;
      return accept<CorrespondenceEvent>(
        { type: 'CorrespondenceOpened', at, data: { service, language, contact } },
        { type: 'NotificationRequested', at, data: { n: 1, channel: 'email', language, news, heldUntil: null } },
      );
    }
    // The reporter can't be reached: there is nothing to write, and nothing to keep.
    if (!state.exists) return accept();
    switch (command.type) {
      case 'Announce':
        return announce(state, command);
      case 'EndWait':
        return endWait(state, command);
      case 'ClaimNotification':
        return claim(state, at);
      case 'RecordSent':
        return ofPending(state, command.n, () => ({ type: 'NotificationSent', at, data: { n: command.n, attempt: command.attempt } }));
      case 'RecordFailure':
        return ofPending(state, command.n, (notification) => failed(notification, command));
      case 'Suppress':
        return ofPending(state, command.n, () => ({ type: 'NotificationSuppressed', at, data: { n: command.n, reason: command.reason } }));
      default:
        return assertNever(command);
    }
  },
  evolve: evolveCorrespondence,
};

/** Stream `notification-<reference>`: only where the reporter left a way to be reached. */
export const CORRESPONDENCE: Aggregate<CorrespondenceState, CorrespondenceCommand, CorrespondenceEvent> = {
  category: 'notification',
  decider: correspondenceDecider,
  shapes: CORRESPONDENCE_SHAPES,
};

function claim(state: Correspondence, at: Instant): Decision<CorrespondenceEvent> {
  const next = nextOf(state);
  if (next === null || next.nextAttemptAt > at) return accept();
  const { n, attempt } = next;
  if (isOutdated(next, at)) return accept<CorrespondenceEvent>({ type: 'NotificationSuppressed', at, data: { n, reason: 'outdated' } });
  return accept<CorrespondenceEvent>({ type: 'NotificationClaimed', at, data: { n, attempt: attempt + 1, claimedUntil: claimEnd(at) } });
}

/** Null where a later attempt began since: then another courier has it, and its claim stands. */
function failed(notification: Notification, { at, n, attempt, failure, code }: RecordFailure): CorrespondenceEvent | null {
  if (attempt !== notification.attempt) return null;
  return { type: 'NotificationFailed', at, data: { n, attempt, failure, code, nextAttemptAt: nextAttempt(notification, failure, at) } };
}

/** What happened to a notification that was over already is already so. */
function ofPending(
  state: Correspondence,
  n: number,
  decide: (notification: Notification) => CorrespondenceEvent | null,
): Decision<CorrespondenceEvent> {
  const notification = notificationOf(state, n);
  if (notification === null) return rejectAbsent('NOTIFICATION_UNKNOWN', 'There is no notification of this number');
  const event = notification.status === 'pending' ? decide(notification) : null;
  return event === null ? accept() : accept(event);
}
