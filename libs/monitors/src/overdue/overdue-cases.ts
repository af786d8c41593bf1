import type { Projection } from '@onedoor/engine';
import { idOf, type Instant, type Reference } from '@onedoor/kernel';
import { OVERDUE_FLAG, type OverdueEvent } from './overdue-flag.js';

/** A case that is overdue now. */
export interface OverdueCase {
  readonly reference: Reference;
  readonly round: number;
  /** The one that had it when it fell due; null for triage. */
  readonly department: string | null;
  readonly dueAt: Instant;
}

/** The overdue cases of the city, and nothing else: a case whose flag is cleared is taken out. */
export const OVERDUE_CASES: Projection<OverdueCase, OverdueEvent> = {
  collection: { name: 'overdue_cases', version: 1, indexes: [['dueAt'], ['department', 'dueAt']] },
  categories: [OVERDUE_FLAG.category],
  shapes: OVERDUE_FLAG.shapes,
  handles: ['OverdueRaised', 'OverdueCleared'],
  keys: ({ stream }) => [idOf(stream)],
  evolve: (_document, event) => (event.type === 'OverdueRaised' ? { reference: idOf(event.stream), ...event.data } : null),
};
