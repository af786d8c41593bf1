import { assert, type Instant } from '@onedoor/kernel';
import { dueAt, warningsAt, type Clock } from '@onedoor/sla';

/** What a running clock will do by itself, worked out once and then frozen into the event that starts or resumes it. */
export interface Schedule {
  readonly dueAt: Instant;
  readonly warnings: readonly Instant[];
}

export function schedule(clock: Clock): Schedule {
  const due = dueAt(clock);
  assert(due !== null, 'only a running clock has a schedule');
  return { dueAt: due, warnings: warningsAt(clock).map(({ at }) => at) };
}
