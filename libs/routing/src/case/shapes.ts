import type { CaseEvent } from './events.js';

/** The current version of each event's shape. Raising one asks for an upcaster here and a golden file of the old shape. */
export const CASE_SHAPES: Readonly<Record<CaseEvent['type'], { readonly v: number }>> = {
  CaseOpened: { v: 1 },
  CaseRouted: { v: 1 },
  CaseAccepted: { v: 1 },
  CaseReturned: { v: 1 },
  CaseAssigned: { v: 1 },
  CaseStarted: { v: 1 },
  CaseWaiting: { v: 1 },
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
  LegEnded: { v: 1 },
};
