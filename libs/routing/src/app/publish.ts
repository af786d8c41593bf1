import {
  CASE_CLOSED,
  CASE_REOPENED,
  CASE_ROUTED,
  PROMISE_BREACHED,
  PROMISE_DUE_SOON,
  PROMISE_MADE,
  PROMISE_MOVED,
  ROUTING_TOPIC,
} from '@onedoor/contracts';
import { published, type Publication } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import type { CaseEvent } from '../domain/case/events.js';
import type { CaseState } from '../domain/case/state.js';
import { CASE } from './aggregates.js';

/** What routing tells the other contexts about a case. Notes stay inside; so do clocks and legs. */
export function publishCase(event: CaseEvent, state: CaseState): readonly Publication[] {
  assert(state.exists, 'a case that has an event exists');
  const { round, department } = state;
  switch (event.type) {
    case 'CaseRouted':
      return tell(CASE_ROUTED, { round, department: event.data.department });
    case 'PromiseMade':
      return tell(PROMISE_MADE, { round, department: event.data.department, dueAt: event.data.dueAt });
    case 'PromiseResumed':
      return tell(PROMISE_MOVED, { round, dueAt: event.data.dueAt });
    case 'PromiseDueSoon':
      return tell(PROMISE_DUE_SOON, { round, department, dueAt: event.data.dueAt });
    case 'PromiseBreached':
      return tell(PROMISE_BREACHED, { round, department, dueAt: event.data.dueAt });
    case 'CaseClosed':
      return tell(CASE_CLOSED, { round, outcome: event.data.outcome });
    case 'CaseReopened':
      return tell(CASE_REOPENED, { round });
    default:
      return [];
  }
}

export const ROUTING_PUBLICATIONS = [published(CASE, publishCase)];

const tell = (type: string, data: unknown): readonly Publication[] => [{ topic: ROUTING_TOPIC, type, data }];
