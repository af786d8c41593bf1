import { laterOf, type Instant } from '@onedoor/kernel';
import { resumeClock } from '@onedoor/sla';
import type { CaseEvent } from './events.js';
import { nextWarning, schedule } from './schedule.js';
import type { CasePromise } from './promise.js';
import type { Case } from './state.js';

/** Something that the promise's clock does by itself. */
export interface Milestone {
  /** The instant by which it is judged: a command at or before it comes first. */
  readonly dueAt: Instant;
  /** What is then stated. It is stamped with that instant, or with the later one at which a promise runs again that was due before. */
  readonly event: CaseEvent;
}

/** The next warning, the breach, or the end of a pause at its cap; null when nothing will happen without a command. */
export function nextMilestone({ promise, round }: Case): Milestone | null {
  if (promise === null || promise.isStopped) return null;
  if (promise.pauseCapAt !== null) {
    const resumed = schedule(resumeClock(promise.clock, promise.pauseCapAt));
    return milestone(promise, promise.pauseCapAt, (at) => ({ type: 'PromiseResumed', at, data: { round, ...resumed } }));
  }
  if (promise.isBreached) return null;
  const { dueAt } = promise;
  const next = nextWarning(promise.warnings, promise.warned);
  if (next === null) return milestone(promise, dueAt, (at) => ({ type: 'PromiseBreached', at, data: { round, dueAt } }));
  const { warning } = next;
  return milestone(promise, next.at, (at) => ({ type: 'PromiseDueSoon', at, data: { round, warning, dueAt } }));
}

const milestone = ({ runsSince }: CasePromise, dueAt: Instant, stamp: (at: Instant) => CaseEvent): Milestone => ({
  dueAt,
  event: stamp(laterOf(dueAt, runsSince)),
});
