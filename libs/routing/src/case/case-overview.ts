import type { CaseStatus, Reported } from '@onedoor/contracts';
import type { Projection } from '@onedoor/engine';
import { idOf, assert, laterOf, type Instant, type Reference, type Cell } from '@onedoor/kernel';
import { CASE_SHAPES, CORRECTED, isEdit, type CaseEvent, type CaseOpened } from './events.js';
import { RESOLVE } from './leg.js';

/** A case as a queue shows it. */
export interface CaseOverview {
  readonly reference: Reference;
  /** The edition of the case as this document knows it: commands name the one that was seen. */
  readonly edition: number;
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
  /** What the resident was told instead; null where staff did not revise the date. */
  readonly revisedTo: Instant | null;
  /** When the department's own time is up; null where nothing was agreed, and where a log of an earlier release does not say. */
  readonly legDueAt: Instant | null;
  /** Whether the department's clocks stand still: by themselves, or taken along by the promise, as in earlier releases. */
  readonly legStandsStill: 'by_itself' | 'with_promise' | null;
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
    version: 4,
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
    'CaseReturnCharged',
    'CaseHandOversUsedUp',
    'CaseAssigned',
    'CaseStarted',
    'CaseMilestoneReached',
    'CaseWaiting',
    'CaseResumed',
    'CaseResolved',
    'CaseClosed',
    'CaseReopened',
    'PromiseMade',
    'PromiseBreached',
    'CaseBreachExcused',
    'PromisePaused',
    'PromiseResumed',
    'CasePromiseRevised',
    'LegStarted',
    'LegPaused',
    'LegResumed',
    'LegEnded',
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
    const after = changed(document, event);
    return isEdit(event) ? { ...after, edition: document.edition + 1 } : after;
  },
};

function changed(document: CaseOverview, event: Exclude<CaseEvent, CaseOpened>): CaseOverview {
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
        revisedTo: null,
        breachedAt: event.data.reason === CORRECTED ? null : document.breachedAt,
      };
    }
    case 'PromiseMade':
      return { ...document, dueAt: event.data.dueAt, queueAt: event.data.dueAt };
    case 'PromiseBreached':
      return { ...document, breachedAt: document.breachedAt ?? event.at };
    case 'PromisePaused':
      return { ...document, isPaused: true, ...(event.data.stopsLeg && { legDueAt: null, legStandsStill: 'with_promise' }) };
    case 'PromiseResumed': {
      const { dueAt } = event.data;
      const revisedTo = document.revisedTo && laterOf(document.revisedTo, dueAt);
      const legStandsStill = document.legStandsStill === 'with_promise' ? null : document.legStandsStill;
      return { ...document, isPaused: false, dueAt, queueAt: dueAt, revisedTo, legStandsStill };
    }
    case 'CasePromiseRevised':
      return { ...document, revisedTo: event.data.dueAt };
    case 'LegStarted':
      return { ...document, legDueAt: event.data.dueAt, legStandsStill: null };
    case 'LegPaused':
      return { ...document, legStandsStill: 'by_itself' };
    case 'LegResumed': {
      const legDueAt = event.data.milestones.find(({ milestone }) => milestone === RESOLVE)?.dueAt ?? null;
      return { ...document, legDueAt, legStandsStill: null };
    }
    case 'LegEnded':
      return { ...document, legDueAt: null, legStandsStill: null };
    default:
      return document;
  }
}

const BLANK: Omit<CaseOverview, 'reference' | 'service' | 'isPublic' | 'cell' | 'reported' | 'round' | 'openedAt'> = {
  edition: 1,
  status: 'triage',
  waitingFrom: null,
  department: null,
  assignee: null,
  isAccepted: false,
  returnedBy: null,
  dueAt: null,
  isPaused: false,
  revisedTo: null,
  legDueAt: null,
  legStandsStill: null,
  breachedAt: null,
  outcome: null,
  isOpen: true,
  queueAt: WITHOUT_PROMISE,
};
