import type { Instant } from '@onedoor/kernel';

/** What a resident can be told about a request. `round` counts reopenings from 1. */
export type News =
  | { readonly kind: 'submitted'; readonly round: number }
  | { readonly kind: 'promised'; readonly round: number; readonly dueAt: Instant }
  | { readonly kind: 'promise_moved'; readonly round: number; readonly dueAt: Instant }
  | { readonly kind: 'resolved'; readonly round: number; readonly outcome: string }
  | { readonly kind: 'reopened'; readonly round: number };

export type NewsKind = News['kind'];

export type NewsOf<Kind extends NewsKind> = Extract<News, { readonly kind: Kind }>;
