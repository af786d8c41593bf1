import { laterOf } from '@onedoor/kernel';
import { resumeClock } from '@onedoor/sla';
import type { CaseEvent } from './events.js';
import { schedule } from './schedule.js';
import type { Case } from './state.js';

/**
 * The next thing that the promise's clock does by itself, and when: a warning, the breach, or the end of a pause at its cap.
 * Null when nothing will happen without a command.
 */
export function nextMilestone(state: Case): CaseEvent | null {
  const { promise, round } = state;
  if (promise === null || promise.isStopped) return null;
  if (promise.pauseCapAt !== null) {
    const resumed = resumeClock(promise.clock, promise.pauseCapAt);
    return { type: 'PromiseResumed', at: promise.pauseCapAt, data: { round, ...schedule(resumed) } };
  }
  if (promise.isBreached) return null;
  const warningAt = promise.warnings[promise.warned];
  if (warningAt !== undefined) {
    return { type: 'PromiseDueSoon', at: laterOf(warningAt, promise.runsSince), data: { round, warning: promise.warned, dueAt: promise.dueAt } };
  }
  return { type: 'PromiseBreached', at: laterOf(promise.dueAt, promise.runsSince), data: { round, dueAt: promise.dueAt } };
}
