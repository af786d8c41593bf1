import { assert, type Instant } from '@onedoor/kernel';
import { dueAt, warningsAt, type Clock } from '@onedoor/sla';

/** What a running clock will do by itself, worked out once and then frozen into the event that starts or resumes it. */
export interface Schedule {
  readonly dueAt: Instant;
  /** In the order of their instants. */
  readonly warnings: readonly ScheduledWarning[];
}

export interface ScheduledWarning {
  /** Its place among the clock's warnings: the same after a pause has moved it, and even changed its turn. */
  readonly warning: number;
  readonly at: Instant;
}

export function schedule(clock: Clock): Schedule {
  const due = dueAt(clock);
  assert(due !== null, 'only a running clock has a schedule');
  const warnings = warningsAt(clock).map(({ warning, at }) => ({ warning: clock.warnings.indexOf(warning), at }));
  return { dueAt: due, warnings };
}

/** The first warning of a schedule that was not given yet. */
export const nextWarning = (warnings: readonly ScheduledWarning[], given: readonly number[]): ScheduledWarning | null =>
  warnings.find(({ warning }) => !given.includes(warning)) ?? null;
