import type { Aggregate } from '@onedoor/engine';
import { accept, assertNever, type Decider } from '@onedoor/kernel';
import { FACT_SHAPES, type FactCommand, type FactEvent } from './events.js';
import { evolve } from './evolve.js';
import { NOTHING_HEARD, type FactState } from './state.js';

/** Keeps what the public events about one reference said, each once; it refuses nothing. */
export const factDecider: Decider<FactState, FactCommand, FactEvent> = {
  initial: NOTHING_HEARD,
  decide(command, { heard }) {
    const last = command.type === 'RecordSubmission' ? heard.intake : heard.routing;
    return last !== null && command.sequence <= last ? accept() : accept(factOf(command));
  },
  evolve,
};

/** Stream `fact-<reference>`. */
export const FACT: Aggregate<FactState, FactCommand, FactEvent> = { category: 'fact', decider: factDecider, shapes: FACT_SHAPES };

function factOf(command: FactCommand): FactEvent {
  const { at, sequence } = command;
  switch (command.type) {
    case 'RecordSubmission': {
      const { service, submittedAt, submittedOn } = command;
      return { type: 'FactSubmitted', at, data: { sequence, service, submittedAt, submittedOn } };
    }
    case 'RecordRouting':
      return { type: 'FactRouted', at, data: { sequence, round: command.round, department: command.department } };
    case 'RecordPromise':
      return { type: 'FactPromised', at, data: { sequence, round: command.round, dueAt: command.dueAt, dueOn: command.dueOn } };
    case 'RecordBreach':
      return { type: 'FactBreached', at, data: { sequence, round: command.round, heldBy: command.heldBy } };
    case 'RecordExcuse':
      return { type: 'FactExcused', at, data: { sequence, round: command.round, reason: command.reason } };
    case 'RecordMilestone': {
      const { round, department, milestone, isMet, dueAt, dueOn } = command;
      return { type: 'FactMilestone', at, data: { sequence, round, department, milestone, isMet, dueAt, dueOn } };
    }
    case 'RecordRevision':
      return { type: 'FactRevised', at, data: { sequence, round: command.round, revisedTo: command.revisedTo } };
    case 'RecordReturn': {
      const { round, department, isWithinHours, returnedAt, returnedOn } = command;
      return { type: 'FactReturned', at, data: { sequence, round, department, isWithinHours, returnedAt, returnedOn } };
    }
    case 'RecordReturnCharge':
      return { type: 'FactReturnCharged', at, data: { sequence, round: command.round, department: command.department } };
    case 'RecordResolution': {
      const { round, department, outcome, onTime, resolvedAt, resolvedOn } = command;
      return { type: 'FactResolved', at, data: { sequence, round, department, outcome, onTime, resolvedAt, resolvedOn } };
    }
    case 'RecordReopening':
      return {
        type: 'FactReopened',
        at,
        data: { sequence, round: command.round, isCorrection: command.isCorrection, reason: command.reason },
      };
    default:
      return assertNever(command);
  }
}
