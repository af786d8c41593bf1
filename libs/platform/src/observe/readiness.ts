import { count, flag, instant, list, number, oneOf, orNull, record, text } from '../openapi/schema.js';
import type { Stall } from '@onedoor/engine';
import type { DependencyState } from './dependency-states.js';
import type { WorkerState } from './worker-report.js';

const STATUSES = [
  'ready',
  'ready, but keys are parked',
  'ready, but a worker is stuck',
  'ready, but a dependency is away',
  'catching up',
  'a dependency is away',
] as const;

/** Whether a process can be given work, and what speaks against it. */
export interface Readiness {
  readonly status: (typeof STATUSES)[number];
  readonly workers: readonly WorkerState[];
  readonly dependencies: readonly DependencyState[];
}

/**
 * A read model or a relay that is further behind than this is not ready: what people see, or are told, is too old. A consumer that is
 * behind delays what follows from requests, and taking requests away from it would help none of them.
 */
const READY_WITHIN_SECONDS = 60;

export function readinessOf(workers: readonly WorkerState[], dependencies: readonly DependencyState[]): Readiness {
  return { status: statusOf(workers, dependencies), workers, dependencies };
}

/** Parked keys or a stuck worker alone are no reason to restart it or to give it no work: that helps none of them. */
export const isReady = ({ status }: Readiness): boolean => status.startsWith('ready');

function statusOf(workers: readonly WorkerState[], dependencies: readonly DependencyState[]): Readiness['status'] {
  const away = dependencies.filter(({ connected }) => !connected);
  if (away.some(({ holdsUpRequests }) => holdsUpRequests) || workers.some(({ isKnown }) => !isKnown)) return 'a dependency is away';
  if (workers.some(({ kind, lagSeconds }) => kind !== 'consumer' && (lagSeconds ?? 0) >= READY_WITHIN_SECONDS)) return 'catching up';
  if (away.length > 0) return 'ready, but a dependency is away';
  if (workers.some(({ stuck }) => stuck !== null)) return 'ready, but a worker is stuck';
  return workers.some(({ parkedKeys }) => (parkedKeys ?? 0) > 0) ? 'ready, but keys are parked' : 'ready';
}

export const READINESS = record<Readiness>(
  'Readiness',
  {
    status: oneOf(
      STATUSES,
      'Whether every worker is close behind the log. While keys are parked or a worker is stuck it is ready, for restarting it helps ' +
        'none of them, but some requests wait; the same while a server is away that only carries what follows. A dependency is away ' +
        'while a server does not answer, or the log and the views can not be asked.',
    ),
    workers: list(
      record<WorkerState>('Worker', {
        name: text('By which metrics and logs name it.'),
        kind: oneOf(['projector', 'relay', 'consumer', 'ticker'], 'What it does.'),
        isKnown: flag('False while the log or the views do not answer: its figures are then null.'),
        lagSeconds: orNull(
          number('Age of the oldest event or message that it has yet to handle; null where it follows nothing, or the bus can not tell.'),
        ),
        lagMessages: orNull(count('Messages that wait for its group, up to 1,000; null where it reacts to none, or the bus can not tell.')),
        stuck: orNull(
          record<Stall>('Stall', {
            since: instant('Since when.'),
            on: orNull(text('What it is at: a reference, or an event of the log; null where that is not known.')),
            reason: text('Why, in one line.'),
            failures: count('Attempts that failed since then.'),
          }),
        ),
        parkedKeys: orNull(
          count(
            'Keys of its whole group whose messages wait and are tried again by themselves, up to a page of them; null where it reacts ' +
              'to no messages.',
          ),
        ),
        parkedSince: orNull(instant('Since when the one that waits longest does; null while none does.')),
        parkedReasons: list(
          record<WorkerState['parkedReasons'][number]>('ParkedReason', {
            reason: text('Why, in one line.'),
            keys: count('Keys that wait for this reason.'),
          }),
          'Why they wait, the commonest reasons first, five at most.',
        ),
        due: orNull(count('Entries of its due list that have come due and are not dealt with, up to a page; null where it has none.')),
      }),
    ),
    dependencies: list(
      record<DependencyState>('Dependency', {
        name: text('The product.'),
        connected: flag('Whether it answers.'),
        holdsUpRequests: flag('Whether requests fail while it does not; else only what follows them waits.'),
        since: orNull(instant('Since when it does not; null while it does.')),
        reason: orNull(text('The kind of failure; null while it answers.')),
      }),
      'The servers that this process depends on, as its own calls find them; none where everything is in this process.',
    ),
  },
  ['workers', 'dependencies'],
);
