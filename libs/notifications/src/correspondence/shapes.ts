import type { CorrespondenceEvent } from './events.js';

/** The current version of each event's shape. Raising one asks for an upcaster here and a golden file of the old shape. */
export const CORRESPONDENCE_SHAPES: Readonly<Record<CorrespondenceEvent['type'], { readonly v: number }>> = {
  CorrespondenceOpened: { v: 1 },
  NotificationRequested: { v: 1 },
  NotificationClaimed: { v: 1 },
  NotificationSent: { v: 1 },
  NotificationFailed: { v: 1 },
  NotificationSuppressed: { v: 1 },
};
