import type { Projection } from '@onedoor/engine';
import { idOf, laterOf, type Instant, type Reference } from '@onedoor/kernel';
import { isExact } from '@onedoor/sla';
import { CASE_SHAPES, type CaseEvent } from './events.js';
import { nextWarning, type ScheduledWarning } from './schedule.js';

/** A case whose clocks run, and when one of them next does something by itself. What has nothing more to do is not in the list. */
export interface DueListEntry {
  readonly reference: Reference;
  /** The next warning, the next due instant, or the end of a pause at its cap. */
  readonly nextAt: Instant;
  readonly promise: DuePromise | null;
  readonly leg: DueLeg | null;
}

interface DuePromise {
  /** Since when the promise runs: nothing is due before, even where a pause left it overdue. */
  readonly runsSince: Instant;
  readonly dueAt: Instant;
  readonly warnings: readonly ScheduledWarning[];
  /** The warnings that were given. */
  readonly warned: readonly number[];
  readonly pauseCapAt: Instant | null;
}

interface DueLeg {
  readonly runsSince: Instant;
  /** The milestones that were neither reached nor missed. */
  readonly open: readonly { readonly milestone: string; readonly dueAt: Instant }[];
  readonly pauseCapAt: Instant | null;
}

/** What the ticker walks: the only thing that makes time pass for silent cases. */
export const DUE_LIST: Projection<DueListEntry, CaseEvent> = {
  collection: { name: 'due_list', version: 2, indexes: [['nextAt']] },
  categories: ['case'],
  shapes: CASE_SHAPES,
  handles: [
    'PromiseMade',
    'PromiseDueSoon',
    'PromiseBreached',
    'PromisePaused',
    'PromiseResumed',
    'LegStarted',
    'LegPaused',
    'LegResumed',
    'LegMilestoneMet',
    'LegMilestoneMissed',
    'LegEnded',
    'CaseResolved',
    'CaseReopened',
  ],
  keys: (event) => [idOf(event.stream)],
  evolve(document, event) {
    const { promise, leg } = document ?? { promise: null, leg: null };
    const after = { promise: promiseAfter(promise, event), leg: legAfter(leg, event) };
    if (after.promise === null && after.leg === null) return null;
    const ofPromise = after.promise === null ? FAR : nextOfPromise(after.promise);
    const ofLeg = after.leg === null ? FAR : nextOfLeg(after.leg);
    return { reference: idOf(event.stream), nextAt: ofLeg < ofPromise ? ofLeg : ofPromise, ...after };
  },
};

function promiseAfter(promise: DuePromise | null, event: CaseEvent): DuePromise | null {
  if (event.type === 'PromiseMade') {
    const { dueAt, warnings } = event.data;
    return { runsSince: event.at, dueAt, warnings, warned: [], pauseCapAt: null };
  }
  if (promise === null) return null;
  switch (event.type) {
    case 'PromiseDueSoon':
      return { ...promise, warned: [...promise.warned, event.data.warning] };
    case 'PromisePaused':
      return { ...promise, pauseCapAt: event.data.capAt };
    case 'PromiseResumed': {
      const { dueAt, warnings } = event.data;
      return { ...promise, runsSince: event.at, dueAt, warnings, pauseCapAt: null };
    }
    // A new round, at last, has a promise of its own.
    case 'PromiseBreached':
    case 'CaseResolved':
    case 'CaseReopened':
      return null;
    default:
      return promise;
  }
}

/** Milestones of earlier releases do nothing by themselves. */
function legAfter(leg: DueLeg | null, event: CaseEvent): DueLeg | null {
  if (event.type === 'LegStarted') {
    const { clock, dueAt, milestones } = event.data;
    const owed = clock === null || dueAt === null ? milestones : [{ clock, dueAt }, ...milestones];
    const open = owed.filter((each) => isExact(each.clock)).map((each) => ({ milestone: each.clock.milestone, dueAt: each.dueAt }));
    return openLeg({ runsSince: event.at, open, pauseCapAt: null });
  }
  if (leg === null) return null;
  switch (event.type) {
    case 'LegPaused':
      return { ...leg, pauseCapAt: event.data.capAt };
    case 'LegResumed': {
      const due = new Map(event.data.milestones.map(({ milestone, dueAt }) => [milestone, dueAt]));
      const open = leg.open.map(({ milestone, dueAt }) => ({ milestone, dueAt: due.get(milestone) ?? dueAt }));
      return { runsSince: event.at, open, pauseCapAt: null };
    }
    case 'LegMilestoneMet':
    case 'LegMilestoneMissed':
      return openLeg({ ...leg, open: leg.open.filter(({ milestone }) => milestone !== event.data.milestone) });
    case 'LegEnded':
      return null;
    default:
      return leg;
  }
}

const openLeg = (leg: DueLeg): DueLeg | null => (leg.open.length === 0 ? null : leg);

const nextOfPromise = ({ pauseCapAt, warnings, warned, dueAt, runsSince }: DuePromise): Instant =>
  laterOf(pauseCapAt ?? nextWarning(warnings, warned)?.at ?? dueAt, runsSince);

const nextOfLeg = ({ pauseCapAt, open, runsSince }: DueLeg): Instant =>
  laterOf(pauseCapAt ?? open.reduce((first, { dueAt }) => (dueAt < first ? dueAt : first), FAR), runsSince);

const FAR: Instant = '9999-12-31T23:59:59.999Z';
