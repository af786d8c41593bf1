import type { EventShapes } from '@onedoor/engine';
import type { CaseEvent } from './events.js';

type Data = Readonly<Record<string, unknown>>;

/** A member that older events lack, or were given only where there was something to say. */
const withDefaults =
  (defaults: Data) =>
  (data: unknown): unknown => ({ ...defaults, ...(data as Data) });

/** The current version of each event's shape. Raising one asks for an upcaster here and a golden file of the old shape. */
export const CASE_SHAPES: EventShapes<CaseEvent['type']> = {
  CaseOpened: { v: 2, upcast: withDefaults({ reported: null }) },
  CaseRouted: { v: 2, upcast: withDefaults({ reason: null }) },
  CaseAccepted: { v: 1 },
  CaseReturned: { v: 1 },
  CaseAssigned: { v: 1 },
  CaseStarted: { v: 1 },
  CaseWaiting: { v: 2, upcast: withDefaults({ note: null }) },
  CaseResumed: { v: 1 },
  CaseResolved: { v: 1 },
  CaseClosed: { v: 1 },
  CaseReopened: { v: 1 },
  PromiseMade: { v: 1 },
  PromiseDueSoon: { v: 1 },
  PromiseBreached: { v: 1 },
  PromisePaused: { v: 1 },
  PromiseResumed: { v: 1 },
  LegStarted: { v: 1 },
  LegEnded: { v: 2, upcast: withDefaults({ because: null }) },
};
