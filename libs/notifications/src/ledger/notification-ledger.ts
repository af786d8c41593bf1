import type { Language } from '@onedoor/contracts';
import type { Projection } from '@onedoor/engine';
import { idOf, assert, type Instant, type Reference } from '@onedoor/kernel';
import { CORRESPONDENCE_SHAPES, type CorrespondenceEvent, type NotificationChannel, type NewsKind } from '../correspondence/events.js';

/** One notification as staff see it: what for and what became of it; never to whom, and never the words. */
export interface LedgerEntry {
  readonly reference: Reference;
  readonly n: number;
  readonly kind: NewsKind;
  readonly round: number;
  readonly channel: NotificationChannel;
  readonly language: Language;
  readonly state: 'requested' | 'sent' | 'failed' | 'suppressed';
  readonly attempts: number;
  readonly requestedAt: Instant;
  /** When it was sent, failed for good, or was suppressed; null while it is still to be sent. */
  readonly endedAt: Instant | null;
  /** After a failed attempt: when the next one is due. */
  readonly nextAttemptAt: Instant | null;
  /** Why the last attempt failed, or why there is none. */
  readonly reason: string | null;
}

export const NOTIFICATION_LEDGER: Projection<LedgerEntry, CorrespondenceEvent> = {
  collection: { name: 'notification_ledger', version: 1, indexes: [['requestedAt'], ['reference', 'requestedAt']] },
  categories: ['notification'],
  shapes: CORRESPONDENCE_SHAPES,
  handles: ['NotificationRequested', 'NotificationClaimed', 'NotificationSent', 'NotificationFailed', 'NotificationSuppressed'],
  keys: (event) => ('n' in event.data ? [`${idOf(event.stream)}.${event.data.n}`] : []),
  evolve(document, event) {
    if (event.type === 'NotificationRequested') {
      const { n, channel, language, news } = event.data;
      const untold = { state: 'requested', attempts: 0, endedAt: null, nextAttemptAt: null, reason: null } as const;
      return { reference: idOf(event.stream), n, kind: news.kind, round: news.round, channel, language, requestedAt: event.at, ...untold };
    }
    assert(document !== null, 'a notification is requested before anything happens to it');
    switch (event.type) {
      case 'NotificationClaimed':
        return { ...document, attempts: event.data.attempt, nextAttemptAt: null };
      case 'NotificationSent':
        return { ...document, state: 'sent', endedAt: event.at, nextAttemptAt: null, reason: null };
      case 'NotificationFailed': {
        const { nextAttemptAt, code } = event.data;
        if (nextAttemptAt !== null) return { ...document, nextAttemptAt, reason: code };
        return { ...document, state: 'failed', endedAt: event.at, nextAttemptAt: null, reason: code };
      }
      case 'NotificationSuppressed':
        return { ...document, state: 'suppressed', endedAt: event.at, nextAttemptAt: null, reason: event.data.reason };
      default:
        return document;
    }
  },
};
