import {
  WORK_DUE_CHANGED,
  WORK_FINISHED,
  WORK_ROUTED,
  WORK_WITHDRAWN,
  workTopic,
  type WorkDueChanged,
  type WorkEvent,
} from '@onedoor/contracts';
import type { Publication } from '@onedoor/engine';
import type { CaseResolved } from './events.js';
import type { LegEnded, LegStarted } from './leg-events.js';
import { RESOLVE } from './leg.js';
import type { Case } from './state.js';

/** The case has come to a department: what is asked for, and when it falls due. */
export const workRouted = ({ data }: LegStarted, { round, service, reported, promise }: Case): readonly Publication[] =>
  tell(WORK_ROUTED, {
    round,
    department: data.department,
    service,
    dueAt: promise?.dueAt ?? null,
    legDueAt: data.dueAt,
    ...(promise?.revisedTo && { revisedTo: promise.revisedTo }),
    location: reported?.details?.location ?? null,
  });

/**
 * What its work falls due at is otherwise than the department was told: both clocks as they stand after the fact. Two clocks that one
 * command moves are two facts, and the one that comes second says the whole: a translation knows no event but its own and those before.
 */
export function workDueChanged(
  { round, promise, leg }: Case,
  { clock, because, reason }: Pick<WorkDueChanged['data'], 'clock' | 'because' | 'reason'>,
): readonly Publication[] {
  if (leg === null) return [];
  const isPaused = promise !== null && promise.pauseCapAt !== null;
  const isLegPaused = leg.pause !== null;
  const owed = leg.milestones.find((each) => each.clock.milestone === RESOLVE);
  return tell(WORK_DUE_CHANGED, {
    round,
    department: leg.department,
    clock,
    because,
    reason,
    dueAt: promise === null || isPaused ? null : promise.dueAt,
    revisedTo: promise === null || isPaused ? null : promise.revisedTo,
    legDueAt: owed === undefined || isLegPaused ? null : owed.dueAt,
    isPaused,
    isLegPaused,
  });
}

/** The case has left a department that did not end it. */
export const workWithdrawn = ({ data: { department, because } }: LegEnded, { round }: Case): readonly Publication[] =>
  because === 'transferred' || because === 'returned' ? tell(WORK_WITHDRAWN, { round, department, because }) : [];

export const workFinished = ({ data: { round, outcome, department } }: CaseResolved): readonly Publication[] =>
  department === null ? [] : tell(WORK_FINISHED, { round, department, outcome });

const tell = (type: WorkEvent['type'], data: WorkEvent['data']): readonly Publication[] => [
  { topic: workTopic(data.department), type, data },
];
