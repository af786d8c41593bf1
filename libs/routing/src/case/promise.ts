import type { ExcuseReason } from '@onedoor/contracts';
import { assert, assertNever, laterOf, type Instant } from '@onedoor/kernel';
import { pauseClock, resumeClock, type Clock } from '@onedoor/sla';
import type { PromiseEvent, PromiseMade } from './promise-events.js';
import type { ScheduledWarning } from './schedule.js';

/** What a department agreed to for a service, ready to be frozen into the events that start clocks. */
export interface Terms {
  readonly agreementVersion: number;
  /** Of the resolution: started when the promise (or the leg) starts. Null where only other milestones were agreed. */
  readonly clock: Clock | null;
  /** Of what the department owes besides: acceptance, start, and what the agreement names. */
  readonly milestones: readonly Clock[];
}

/** Where a case goes and what is owed there; worked out by the handler before the decider is asked. */
export interface Placement {
  readonly department: string | null;
  readonly because: 'reported' | 'rules' | 'fallback' | 'staff';
  readonly rulesVersion: number | null;
  /** Null where no agreement covers this department and service. */
  readonly terms: Terms | null;
}

/** The promise of the present round. */
export interface CasePromise {
  /** Since when it runs without a break: what it does by itself happens then at the earliest, even where a pause left it overdue. */
  readonly runsSince: Instant;
  readonly clock: Clock;
  /** By which it is judged: as promised first, and moved by agreed pauses. */
  readonly dueAt: Instant;
  /** What the resident was told instead; null where staff did not revise it. */
  readonly revisedTo: Instant | null;
  readonly warnings: readonly ScheduledWarning[];
  readonly isBreached: boolean;
  /** Why the breach is not to be held against anyone; null where there is none, or no excuse. */
  readonly excuse: ExcuseReason | null;
  /** The warnings that were given. */
  readonly warned: readonly number[];
  /** When a pause ends by itself; null while running. */
  readonly pauseCapAt: Instant | null;
  readonly isStopped: boolean;
}

/** What each event means for the promise. The numbers were settled when the event was written; nothing is worked out again here. */
export function evolvePromise(promise: CasePromise | null, event: PromiseEvent): CasePromise | null {
  if (event.type === 'PromiseMade') return newPromise(event);
  // What staff say about a round that is over changes nothing of the present one.
  if (event.type === 'CasePromiseRevised') return promise && { ...promise, revisedTo: event.data.dueAt };
  if (event.type === 'CaseBreachExcused') return promise && { ...promise, excuse: event.data.reason };
  assert(promise !== null, 'something happens only to a promise that was made');
  switch (event.type) {
    case 'PromiseDueSoon':
      return { ...promise, warned: [...promise.warned, event.data.warning] };
    case 'PromiseBreached':
      return { ...promise, isBreached: true };
    case 'PromisePaused':
      return { ...promise, clock: pauseClock(promise.clock, event.at, event.data.reason), pauseCapAt: event.data.capAt };
    case 'PromiseResumed': {
      const { dueAt, warnings } = event.data;
      // A pause that moves the promise beyond the date that was told moves that as well.
      const revisedTo = promise.revisedTo && laterOf(promise.revisedTo, dueAt);
      return { ...promise, runsSince: event.at, clock: resumeClock(promise.clock, event.at), dueAt, revisedTo, warnings, pauseCapAt: null };
    }
    default:
      return assertNever(event);
  }
}

const newPromise = ({ at, data: { clock, dueAt, warnings } }: PromiseMade): CasePromise => ({
  runsSince: at,
  clock,
  dueAt,
  revisedTo: null,
  warnings,
  isBreached: false,
  excuse: null,
  warned: [],
  pauseCapAt: null,
  isStopped: false,
});
