import type { Language } from '@onedoor/contracts';
import type { DomainEvent, Instant } from '@onedoor/kernel';
import type { News } from './news.js';

/** Everything that was written to the reporter of one request, and what became of it. No address and no name is ever in here. */
export type CorrespondenceEvent =
  CorrespondenceOpened | NotificationRequested | NotificationClaimed | NotificationSent | NotificationFailed | NotificationSuppressed;

/** The reporter left a way to be reached, and is told things in `language`. */
export type CorrespondenceOpened = DomainEvent<
  'CorrespondenceOpened',
  { readonly service: { readonly code: string; readonly name: string }; readonly language: Language }
>;

/** There is something to tell. `n` counts the notifications of a request from 1: they go out in this order. */
export type NotificationRequested = DomainEvent<
  'NotificationRequested',
  { readonly n: number; readonly channel: NotificationChannel; readonly language: Language; readonly news: News }
>;

export type NotificationChannel = 'email';

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

/** `deferred` and `refused` are about this notification; `unreachable`: nobody could be asked, which is no fault of it. */
export type FailureKind = 'deferred' | 'refused' | 'unreachable';

/** It will not be sent. */
export type NotificationSuppressed = DomainEvent<'NotificationSuppressed', { readonly n: number; readonly reason: SuppressionReason }>;

/** There is no address of this channel; the reporter's data was erased; the news is too old to be of use. */
export type SuppressionReason = 'no_address' | 'erased' | 'outdated';
