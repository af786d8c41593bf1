import { idOf, type Projection } from '@onedoor/engine';
import { assert, type Instant, type Reference } from '@onedoor/kernel';
import type { CaseEvent } from '../../domain/case/events.js';
import { CASE_SHAPES } from '../../domain/case/shapes.js';
import type { CaseStatus } from '../../domain/case/status.js';

/** A case as a queue shows it. */
export interface CaseOverview {
  readonly reference: Reference;
  readonly status: CaseStatus;
  /** The status to return to; only while waiting. */
  readonly waitingFrom: CaseStatus | null;
  readonly service: string;
  readonly isPublic: boolean;
  /** Null in triage. */
  readonly department: string | null;
  readonly assignee: string | null;
  readonly round: number;
  readonly openedAt: Instant;
  /** The promise of this round; null where none was made. */
  readonly dueAt: Instant | null;
  readonly isPaused: boolean;
  /** The first breach of any round. */
  readonly breachedAt: Instant | null;
  readonly outcome: string | null;
}

export const CASE_OVERVIEW: Projection<CaseOverview, CaseEvent> = {
  collection: {
    name: 'case_overview',
    version: 1,
    indexes: [['isPublic', 'openedAt']],
  },
  categories: ['case'],
  shapes: CASE_SHAPES,
  handles: [
    'CaseOpened',
    'CaseRouted',
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
      const { service, visibility, round } = event.data;
      return { ...BLANK, reference: idOf(event.stream), service, isPublic: visibility === 'public', round, openedAt: event.at };
    }
    assert(document !== null, 'a case is opened before anything else');
    switch (event.type) {
      case 'CaseRouted': {
        const { department } = event.data;
        return { ...document, department, assignee: null, status: department === null ? 'triage' : 'queued' };
      }
      case 'CaseAssigned':
        return { ...document, assignee: event.data.assignee, status: document.status === 'in_progress' ? 'in_progress' : 'assigned' };
      case 'CaseStarted':
        return { ...document, status: 'in_progress' };
      case 'CaseWaiting':
        return { ...document, status: 'waiting', waitingFrom: document.status };
      case 'CaseResumed':
        return { ...document, status: document.waitingFrom ?? 'queued', waitingFrom: null };
      case 'CaseResolved':
        return { ...document, status: 'resolved', outcome: event.data.outcome };
      case 'CaseClosed':
        return { ...document, status: 'closed' };
      case 'CaseReopened': {
        const status = document.department === null ? 'triage' : 'queued';
        return { ...document, status, assignee: null, round: event.data.round, outcome: null, dueAt: null };
      }
      case 'PromiseMade':
        return { ...document, dueAt: event.data.dueAt };
      case 'PromiseBreached':
        return { ...document, breachedAt: document.breachedAt ?? event.at };
      case 'PromisePaused':
        return { ...document, isPaused: true };
      case 'PromiseResumed':
        return { ...document, isPaused: false, dueAt: event.data.dueAt };
      default:
        return document;
    }
  },
};

const BLANK: Omit<CaseOverview, 'reference' | 'service' | 'isPublic' | 'round' | 'openedAt'> = {
  status: 'triage',
  waitingFrom: null,
  department: null,
  assignee: null,
  dueAt: null,
  isPaused: false,
  breachedAt: null,
  outcome: null,
};
