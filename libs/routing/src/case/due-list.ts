import type { Projection } from '@onedoor/engine';
import { idOf, laterOf, type Instant, type Reference } from '@onedoor/kernel';
import type { CaseEvent } from './events.js';
import { nextWarning, type ScheduledWarning } from './schedule.js';
import { CASE_SHAPES } from './events.js';

/** One running promise, and when its clock next does something by itself. What has nothing more to do is not in the list. */
export interface DueListEntry {
  readonly reference: Reference;
  /** The next warning, the due instant, or the end of a pause at its cap. */
  readonly nextAt: Instant;
  /** Since when the promise runs: nothing is due before, even where a pause left it overdue. */
  readonly runsSince: Instant;
  readonly dueAt: Instant;
  readonly warnings: readonly ScheduledWarning[];
  /** The warnings that were given. */
  readonly warned: readonly number[];
}

/** What the ticker walks: the only thing that makes time pass for silent cases. */
export const DUE_LIST: Projection<DueListEntry, CaseEvent> = {
  collection: { name: 'due_list', version: 1, indexes: [['nextAt']] },
  categories: ['case'],
  shapes: CASE_SHAPES,
  handles: ['PromiseMade', 'PromiseDueSoon', 'PromiseBreached', 'PromisePaused', 'PromiseResumed', 'CaseResolved'],
  keys: (event) => [idOf(event.stream)],
  evolve(document, event) {
    if (event.type === 'PromiseMade') {
      const { dueAt, warnings } = event.data;
      return scheduled({ reference: idOf(event.stream), runsSince: event.at, dueAt, warnings, warned: [] });
    }
    if (document === null) return null;
    switch (event.type) {
      case 'PromiseDueSoon':
        return scheduled({ ...document, warned: [...document.warned, event.data.warning] });
      case 'PromisePaused':
        return { ...document, nextAt: event.data.capAt };
      case 'PromiseResumed':
        return scheduled({ ...document, runsSince: event.at, dueAt: event.data.dueAt, warnings: event.data.warnings });
      case 'PromiseBreached':
      case 'CaseResolved':
        return null;
      default:
        return document;
    }
  },
};

const scheduled = (entry: Omit<DueListEntry, 'nextAt'>): DueListEntry => ({
  ...entry,
  nextAt: laterOf(nextWarning(entry.warnings, entry.warned)?.at ?? entry.dueAt, entry.runsSince),
});
