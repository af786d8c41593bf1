import { NO_DETAILS, type ClosingDetails, type Language, type Sealed } from '@onedoor/contracts';
import type { EventShapes } from '@onedoor/engine';
import type { DomainEvent, Instant } from '@onedoor/kernel';

/** Everything that was written to the reporter of one request, and what became of it. No address and no name is ever in here in clear. */
export type CorrespondenceEvent =
  | CorrespondenceOpened
  | NotificationRequested
  | NotificationReplaced
  | NotificationClaimed
  | NotificationSent
  | NotificationFailed
  | NotificationSuppressed;

/** The reporter left a way to be reached, and is told things in `language`. */
export type CorrespondenceOpened = DomainEvent<'CorrespondenceOpened', Reporter>;

export interface Reporter {
  readonly service: { readonly code: string; readonly name: string };
  readonly language: Language;
  /** How to reach the reporter, sealed under the reference's key; null where an older log keeps it in the vault. */
  readonly contact: Sealed | null;
}

/**
 * There is something to tell. `n` counts the notifications of a request from 1: they go out in this order. `heldUntil`: not before, so that
 * what follows soon is told with it; null: at once.
 */
export type NotificationRequested = DomainEvent<
  'NotificationRequested',
  {
    readonly n: number;
    readonly channel: NotificationChannel;
    readonly language: Language;
    readonly news: News;
    readonly heldUntil: Instant | null;
  }
>;

/** A date moved again before a notification told of it: it tells the new one instead. */
export type NotificationReplaced = DomainEvent<'NotificationReplaced', { readonly n: number; readonly news: DateNews }>;

export type NotificationChannel = 'email';

/** What a resident can be told about a request; `waiting`: the city waits for an answer of theirs. `round` counts reopenings from 1. */
export type News =
  | { readonly kind: 'submitted'; readonly round: number }
  | { readonly kind: 'promised'; readonly round: number; readonly dueAt: Instant }
  | { readonly kind: 'promise_moved'; readonly round: number; readonly dueAt: Instant }
  | { readonly kind: 'waiting'; readonly round: number }
  | { readonly kind: 'resolved'; readonly round: number; readonly outcome: string; readonly details: ClosingDetails }
  | { readonly kind: 'reopened'; readonly round: number };

export type NewsKind = News['kind'];

/** News of by when something is promised. */
export type DateNews = NewsOf<'promised' | 'promise_moved'>;

export type NewsOf<Kind extends NewsKind> = Extract<News, { readonly kind: Kind }>;

/**
 * A courier took it up: until `claimedUntil` no other one does. `attempt` counts from 1. A courier that dies in between is not
 * heard of again, and then it is tried once more, under the same Message-ID.
 */
export type NotificationClaimed = DomainEvent<
  'NotificationClaimed',
  { readonly n: number; readonly attempt: number; readonly claimedUntil: Instant }
>;

/** The mail server took it over. */
export type NotificationSent = DomainEvent<'NotificationSent', { readonly n: number; readonly attempt: number }>;

/** An attempt failed. `nextAttemptAt` is null when it was the last one. */
export type NotificationFailed = DomainEvent<
  'NotificationFailed',
  {
    readonly n: number;
    readonly attempt: number;
    readonly failure: FailureKind;
    readonly code: string;
    readonly nextAttemptAt: Instant | null;
  }
>;

/** `deferred` and `refused` are about this notification; `unreachable`: the mailer could not be asked, which is no fault of it. */
export type FailureKind = 'deferred' | 'refused' | 'unreachable';

/** It will not be sent. */
export type NotificationSuppressed = DomainEvent<'NotificationSuppressed', { readonly n: number; readonly reason: SuppressionReason }>;

/**
 * There is no address of this channel; the reporter's data was erased; the news is too old to be of use; later news took its place before
 * it went out; the date moved back to the one that was told.
 */
export type SuppressionReason = 'no_address' | 'erased' | 'outdated' | 'superseded' | 'date_unchanged';

/** The current version of each event's shape. Raising one asks for an upcaster here and a golden file of the old shape. */
export const CORRESPONDENCE_SHAPES: EventShapes<CorrespondenceEvent['type']> = {
  CorrespondenceOpened: { v: 2, upcast: (data) => ({ ...(data as Omit<Reporter, 'contact'>), contact: null }) },
  NotificationRequested: { v: 2, upcast: requestedOfVersion1 },
  NotificationReplaced: { v: 1 },
  NotificationClaimed: { v: 1 },
  NotificationSent: { v: 1 },
  NotificationFailed: { v: 1 },
  NotificationSuppressed: { v: 1 },
};

/** Before notifications were held, and before closings had details. */
function requestedOfVersion1(data: unknown): unknown {
  const requested = data as Omit<NotificationRequested['data'], 'heldUntil'>;
  const { news } = requested;
  return { ...requested, news: news.kind === 'resolved' ? { ...news, details: NO_DETAILS } : news, heldUntil: null };
}
