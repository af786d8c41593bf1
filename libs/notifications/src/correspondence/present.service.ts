import type { Language } from '@onedoor/contracts';
import { upcast, type RecordedEvent } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import { CORRESPONDENCE } from './decider.js';
import type { CorrespondenceEvent, NewsKind } from './events.js';
import type { Notification } from './state.js';

/** What was written to a reporter, as the auditor reads it: never to whom, and never the words. */
export interface CorrespondenceSummary {
  readonly language: Language;
  readonly notifications: readonly {
    readonly n: number;
    readonly kind: NewsKind;
    readonly requestedAt: Instant;
    readonly status: Notification['status'];
    readonly attempts: number;
  }[];
}

/** Null before the first event. */
export function presentCorrespondence(events: readonly RecordedEvent[]): CorrespondenceSummary | null {
  const { decider, shapes } = CORRESPONDENCE;
  const state = events.map((event) => upcast(shapes, event) as unknown as CorrespondenceEvent).reduce(decider.evolve, decider.initial);
  if (!state.exists) return null;
  const notifications = state.notifications.map(({ n, news, requestedAt, status, attempt }) => ({
    n,
    kind: news.kind,
    requestedAt,
    status,
    attempts: attempt,
  }));
  return { language: state.language, notifications };
}
