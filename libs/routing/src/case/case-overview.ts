import type { CaseStatus, Reported } from '@onedoor/contracts';
import type { Projection } from '@onedoor/engine';
import { idOf, assert, type Instant, type Reference, type Cell } from '@onedoor/kernel';
import { CASE_SHAPES, CORRECTED, type CaseEvent } from './events.js';

/** A case as a queue shows it. */
export interface CaseOverview {
  readonly reference: Reference;
  readonly status: CaseStatus;
  /** The status to return to; only while waiting. */
  readonly waitingFrom: CaseStatus | null;
  readonly service: string;
  readonly isPublic: boolean;
  /** The neighbourhood that it is in; null where none is known. */
  readonly cell: Cell | null;
  /** Null: it was not kept. */
  readonly reported: Reported | null;
  /** Null in triage. */
  readonly department: string | null;
  readonly assignee: string | null;
  /** Whether the department said that it is its own. */
  readonly isAccepted: boolean;
  /** The department that gave it back, as long as no other has it. */
  readonly returnedBy: string | null;
  readonly round: number;
  readonly openedAt: Instant;
  /** The promise of this round; null where none was made. */
  readonly dueAt: Instant | null;
  readonly isPaused: boolean;
  /** The first breach of any round since the last correction. */
  readonly breachedAt: Instant | null;
  readonly outcome: string | null;
  /** Whether there is still work to do: queues list these. */
  readonly isOpen: boolean;
  /** What queues are ordered by: when the promise falls due, and after all of them what has none. */
  readonly queueAt: Instant;
}

/** Where a queue has what no promise was made for: behind everything else. */
export const WITHOUT_PROMISE: Instant = '9999-12-31T23:59:59.999Z';

export const CASE_OVERVIEW: Projection<CaseOverview, CaseEvent> = {
  collection: {
    name: 'case_overview',
    version: 3,
    indexes: [
      ['isPublic', 'openedAt'],
      ['department', 'isOpen', 'queueAt'],
      ['status', 'assignee', 'isPaused'],
      ['cell', 'openedAt'],
    ],
  },
  categories: ['case'],
  shapes: CASE_SHAPES,
  handles: [
    'CaseOpened',
    'CaseRouted',
    'CaseAccepted',
    'CaseReturned',
    'CaseAssigned',
    'CaseStarted',
    'CaseWaiting',
    'CaseResumed',
    'CaseResolved',
    'CaseClosed',
    'CaseReopened',
    'PromiseMade',
    'PromiseBreached',
    'PromisePaused',
    'PromiseResumed',
  ],
  keys: (event) => [idOf(event.stream)],
  evolve(document, event) {
    if (event.type === 'CaseOpened') {
      const { service, visibility, round, reported } = event.data;
      return {
        ...BLANK,
        reference: idOf(event.stream),
        service,
        isPublic: visibility === 'public',
        cell: reported?.cell ?? null,
        reported,
        round,
        openedAt: event.at,
      };
    }
    assert(document !== null, 'a case is opened before anything else');
    switch (event.type) {
      case 'CaseRouted': {
        const { department } = event.data;
        const returnedBy = department === null ? document.returnedBy : null;
        return {
          ...document,
          department,
          assignee: null,
          isAccepted: false,
          returnedBy,
          status: department === null ? 'triage' : 'queued',
        };
      }
      case 'CaseAccepted':
        return { ...document, isAccepted: true };
      case 'CaseReturned':
        return { ...document, returnedBy: event.data.department };
      case 'CaseAssigned':
        return { ...document, assignee: event.data.assignee, status: document.status === 'in_progress' ? 'in_progress' : 'assigned' };
      case 'CaseStarted':
        return { ...document, status: 'in_progress' };
      case 'CaseWaiting':
        return { ...document, status: 'waiting', waitingFrom: document.status };
      case 'CaseResumed':
        return { ...document, status: document.waitingFrom ?? 'queued', waitingFrom: null };
      case 'CaseResolved':
        return { ...document, status: 'resolved', outcome: event.data.outcome, isOpen: false };
      case 'CaseClosed':
        return { ...document, status: 'closed' };
      case 'CaseReopened': {
        const status = document.department === null ? 'triage' : 'queued';
        return {
          ...document,
          status,
          assignee: null,
          isAccepted: false,
          round: event.data.round,
          outcome: null,
          isOpen: true,
          dueAt: null,
          queueAt: WITHOUT_PROMISE,
          waitingFrom: null,
          isPaused: false,
          breachedAt: event.data.reason === CORRECTED ? null : document.breachedAt,
        };
      }
      case 'PromiseMade':
        return { ...document, dueAt: event.data.dueAt, queueAt: event.data.dueAt };
      case 'PromiseBreached':
        return { ...document, breachedAt: document.breachedAt ?? event.at };
      case 'PromisePaused':
        return { ...document, isPaused: true };
      case 'PromiseResumed':
        return { ...document, isPaused: false, dueAt: event.data.dueAt, queueAt: event.data.dueAt };
      default:
        return document;
    }
  },
};

const BLANK: Omit<CaseOverview, 'reference' | 'service' | 'isPublic' | 'cell' | 'reported' | 'round' | 'openedAt'> = {
  status: 'triage',
  waitingFrom: null,
  department: null,
  assignee: null,
  isAccepted: false,
  returnedBy: null,
  dueAt: null,
  isPaused: false,
  breachedAt: null,
  outcome: null,
  isOpen: true,
  queueAt: WITHOUT_PROMISE,
};
