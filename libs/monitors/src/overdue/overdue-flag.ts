import { CASE_REOPENED, CASE_RESOLVED, PROMISE_BREACHED, type RoutingEvent } from '@onedoor/contracts';
import type { Aggregate, React, Reaction, WithoutAt } from '@onedoor/engine';
import { accept, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';

/** Whether a case is overdue: its promise was breached, and the work has not ended. */
export interface OverdueFlag {
  /** The latest round whose promise was breached; 0 before the first. */
  readonly round: number;
  readonly isRaised: boolean;
}

export type OverdueEvent =
  | DomainEvent<'OverdueRaised', { readonly round: number; readonly department: string | null; readonly dueAt: Instant }>
  | DomainEvent<'OverdueCleared', { readonly round: number }>;

export type OverdueCommand =
  | {
      readonly type: 'RaiseOverdue';
      readonly at: Instant;
      readonly round: number;
      /** The one that had the case when it fell due; null for triage. */
      readonly department: string | null;
      readonly dueAt: Instant;
    }
  | { readonly type: 'ClearOverdue'; readonly at: Instant; readonly round: number };

/** The flag of a case: stream `overdue-<reference>`. It is raised and cleared at most once a round, however often it is told. */
export const OVERDUE_FLAG: Aggregate<OverdueFlag, OverdueCommand, OverdueEvent> = {
  category: 'overdue',
  shapes: { OverdueRaised: { v: 1 }, OverdueCleared: { v: 1 } },
  decider: {
    initial: { round: 0, isRaised: false },
    decide(command, { round, isRaised }) {
      const { at } = command;
      if (command.type === 'RaiseOverdue') {
        const { department, dueAt } = command;
        return command.round <= round
          ? accept()
          : accept<OverdueEvent>({ type: 'OverdueRaised', at, data: { round: command.round, department, dueAt } });
      }
      return isRaised && command.round === round ? accept<OverdueEvent>({ type: 'OverdueCleared', at, data: { round } }) : accept();
    },
    evolve: (_state, { type, data }) => ({ round: data.round, isRaised: type === 'OverdueRaised' }),
  } satisfies Decider<OverdueFlag, OverdueCommand, OverdueEvent>,
};

/** A breach raises the flag, and the end of the work clears it. */
export const reactToRouting: React = (event) => {
  const command = commandFor(event as RoutingEvent);
  return command === null ? [] : [{ aggregate: OVERDUE_FLAG.category, id: event.subject, command } satisfies Reaction];
};

function commandFor({ type, data }: RoutingEvent): WithoutAt<OverdueCommand> | null {
  if (type === PROMISE_BREACHED) return { type: 'RaiseOverdue', round: data.round, department: data.department, dueAt: data.dueAt };
  // What was done in time was never flagged.
  if (type === CASE_RESOLVED && data.onTime === false) return { type: 'ClearOverdue', round: data.round };
  // A corrected record: the breach of the round before was none.
  if (type === CASE_REOPENED && data.isCorrection === true) return { type: 'ClearOverdue', round: data.round - 1 };
  return null;
}

/** One sentence for an event, for people who read its history. */
export const describeOverdue = (event: OverdueEvent): string =>
  event.type === 'OverdueRaised'
    ? `Overdue: it was due ${event.data.dueAt}, with ${event.data.department ?? 'triage'}`
    : 'No longer overdue: the work ended, or the record of it was corrected';
