import type { Position } from '@onedoor/engine';
import type { Instant, Reference } from '@onedoor/kernel';
import { explain, isPaused } from '@onedoor/sla';
import type { Case } from './state.js';
import { TRANSITIONS } from './status.js';
import type { StandingCase } from './case-desk.service.js';

/** What a command answers. */
export interface CaseAnswer {
  readonly reference: Reference;
  readonly status: Case['status'];
  readonly round: number;
  readonly department: string | null;
  readonly assignee: string | null;
  readonly dueAt: Instant | null;
  /** Given back as `after`, it lets a list wait for what was just done. */
  readonly position: Position;
}

/** A case as staff see it. */
export interface CaseView extends CaseAnswer {
  readonly service: string;
  readonly visibility: Case['visibility'];
  readonly openedAt: Instant;
  readonly isAccepted: boolean;
  readonly isPaused: boolean;
  /** The first breach of any round. */
  readonly breachedAt: Instant | null;
  readonly outcome: string | null;
  /** Why the promise falls due when it does, in one sentence. */
  readonly explanation: string | null;
  /** What may be done next, by the names of the commands. */
  readonly next: readonly string[];
}

export const caseAnswer = (reference: Reference, { state, position }: StandingCase): CaseAnswer => ({
  reference,
  status: state.status,
  round: state.round,
  department: state.department,
  assignee: state.assignee,
  dueAt: state.promise?.dueAt ?? null,
  position,
});

/** `mayAct`: whether whoever looks may do anything about it. */
export function caseView(reference: Reference, found: StandingCase, mayAct: boolean): CaseView {
  const { service, visibility, openedAt, breachedAt, outcome, promise } = found.state;
  return {
    ...caseAnswer(reference, found),
    service,
    visibility,
    openedAt,
    isAccepted: isAccepted(found.state),
    isPaused: promise !== null && isPaused(promise.clock),
    breachedAt,
    outcome,
    explanation: promise && explain(promise.clock).sentence,
    next: mayAct ? nextOf(found.state) : [],
  };
}

const isAccepted = ({ leg }: Case): boolean => leg !== null && leg.acceptedAt !== null;

const nextOf = (state: Case): readonly string[] =>
  TRANSITIONS[state.status]
    .filter((action) => action !== 'accept' || !isAccepted(state))
    .map((action) => (action === 'route' ? 'transfer' : action));
