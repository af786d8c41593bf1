import type { Instant } from '@onedoor/kernel';
import type { News, Reporter } from './events.js';

export type CorrespondenceState = NoCorrespondence | Correspondence;

/** The reporter can not be reached, so there is nothing to write. */
export interface NoCorrespondence {
  readonly exists: false;
}

export interface Correspondence extends Reporter {
  readonly exists: true;
  /** In the order of their numbers, which begin at 1. */
  readonly notifications: readonly Notification[];
}

export interface Notification {
  readonly n: number;
  readonly news: News;
  readonly requestedAt: Instant;
  readonly status: 'pending' | 'sent' | 'failed' | 'suppressed';
  /** How often a courier took it up. */
  readonly attempt: number;
  /** Attempts that the mail server put off. */
  readonly deferrals: number;
  /** Attempts in a row at which the mailer could not be asked. */
  readonly misses: number;
  /** Not before: held for what may follow, a back-off, or another courier's claim. */
  readonly nextAttemptAt: Instant;
}

/** The first that is not over: the others wait for it, so that news arrives in order. */
export const nextOf = ({ notifications }: Correspondence): Notification | null =>
  notifications.find(({ status }) => status === 'pending') ?? null;

export const notificationOf = ({ notifications }: Correspondence, n: number): Notification | null => notifications[n - 1] ?? null;
