import type { ExcuseReason, ReviseReason } from '@onedoor/contracts';
import type { EventShapes } from '@onedoor/engine';
import type { DomainEvent, Instant } from '@onedoor/kernel';
import { explain, type Clock } from '@onedoor/sla';
import { earlierClock } from './earlier-clock.js';
import type { ScheduledWarning } from './schedule.js';

/** What happens to the promise to the resident: by its clock, or by what staff do about it. */
export type PromiseEvent =
  PromiseMade | PromiseDueSoon | PromiseBreached | PromisePaused | PromiseResumed | CasePromiseRevised | CaseBreachExcused;

/**
 * The clock of the promise to the resident has started. Target, calendar and agreement version are frozen in here: under later
 * versions, too, this promise is judged by what was agreed when it was made.
 */
export type PromiseMade = DomainEvent<
  'PromiseMade',
  {
    readonly round: number;
    readonly department: string;
    readonly agreementVersion: number;
    readonly clock: Clock;
    readonly dueAt: Instant;
    readonly warnings: readonly ScheduledWarning[];
  }
>;

/** A warning agreed on was reached, stamped with its own instant. `warning` is its place among the clock's warnings. */
export type PromiseDueSoon = DomainEvent<'PromiseDueSoon', { readonly round: number; readonly warning: number; readonly dueAt: Instant }>;

/** The promise was not kept, stamped with its due instant. Never erased. */
export type PromiseBreached = DomainEvent<'PromiseBreached', { readonly round: number; readonly dueAt: Instant }>;

/**
 * The promise stands still while the case waits for a cause outside the city's control, until `capAt` at the latest. `stopsLeg`: the
 * department's clock stood still with it, as in earlier releases; now that has events of its own.
 */
export type PromisePaused = DomainEvent<
  'PromisePaused',
  { readonly round: number; readonly reason: string; readonly capAt: Instant; readonly stopsLeg: boolean }
>;

/** The promise runs again and falls due later than before; `warnings` are all of its warnings as they stand now. */
export type PromiseResumed = DomainEvent<
  'PromiseResumed',
  { readonly round: number; readonly dueAt: Instant; readonly warnings: readonly ScheduledWarning[] }
>;

/** Staff told the resident another date, for a reason. The promise falls due when it did before: by that it is judged. */
export type CasePromiseRevised = DomainEvent<
  'CasePromiseRevised',
  { readonly round: number; readonly dueAt: Instant; readonly reason: ReviseReason }
>;

/** Staff excused the breach, for a reason: it stays a breach. */
export type CaseBreachExcused = DomainEvent<'CaseBreachExcused', { readonly round: number; readonly reason: ExcuseReason }>;

export const PROMISE_SHAPES: EventShapes<PromiseEvent['type']> = {
  PromiseMade: { v: 2, upcast: (data) => ({ ...(data as PromiseMade['data']), clock: earlierClock((data as PromiseMade['data']).clock) }) },
  PromiseDueSoon: { v: 1 },
  PromiseBreached: { v: 1 },
  PromisePaused: { v: 2, upcast: (data) => ({ stopsLeg: true, ...(data as object) }) },
  PromiseResumed: { v: 1 },
  CasePromiseRevised: { v: 1 },
  CaseBreachExcused: { v: 1 },
};

export const isOfPromise = (event: DomainEvent): event is PromiseEvent => Object.hasOwn(PROMISE_SHAPES, event.type);

/** One sentence for each, for the people who read its history. */
export function describePromise({ type, data }: PromiseEvent): string {
  switch (type) {
    case 'PromiseMade':
      return `Promised (agreement version ${data.agreementVersion}): ${explain(data.clock).sentence}`;
    case 'PromiseDueSoon':
      return `Due soon: ${data.dueAt}`;
    case 'PromiseBreached':
      return `The promise was not kept: it was due ${data.dueAt}`;
    case 'PromisePaused':
      return `The promise stands still, until ${data.capAt} at the latest: ${data.reason}`;
    case 'PromiseResumed':
      return `The promise runs again and is now due ${data.dueAt}`;
    case 'CasePromiseRevised':
      return `The resident was told another date, ${data.dueAt} (${data.reason.replaceAll('_', ' ')}): the promise is judged as before`;
    case 'CaseBreachExcused':
      return `The breach was excused: ${data.reason.replaceAll('_', ' ')}`;
  }
}
