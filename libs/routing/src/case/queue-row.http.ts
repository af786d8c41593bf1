import type { CaseOverview } from './case-overview.js';

/** A case as a queue answers it: without what the queue itself is ordered and chosen by. */
export type QueueRow = Omit<CaseOverview, 'isOpen' | 'queueAt' | 'waitingFrom' | 'outcome'>;

export const queueRowOf = ({ isOpen: _open, queueAt: _place, waitingFrom: _before, outcome: _outcome, ...row }: CaseOverview): QueueRow =>
  row;
