import type { EventShapes } from '@onedoor/engine';
import type { DomainEvent, Instant } from '@onedoor/kernel';
import type { Clock } from '@onedoor/sla';
import { earlierClock } from './earlier-clock.js';

/** What happens to a department's own time with a case, its leg, from arrival to hand-off. */
export type LegEvent = LegStarted | LegPaused | LegResumed | LegMilestoneMet | LegMilestoneMissed | LegEnded;

/** The case arrived at a department, whose own clock runs from here to hand-off; null where nothing was agreed. */
export type LegStarted = DomainEvent<
  'LegStarted',
  {
    readonly department: string;
    readonly agreementVersion: number | null;
    /** Of the resolution. */
    readonly clock: Clock | null;
    readonly dueAt: Instant | null;
    /** What else was agreed for the service, each on a clock of its own. */
    readonly milestones: readonly { readonly clock: Clock; readonly dueAt: Instant }[];
  }
>;

/** The department's clocks stand still by its own agreement, until `capAt` at the latest. The promise may run on meanwhile. */
export type LegPaused = DomainEvent<'LegPaused', { readonly department: string; readonly reason: string; readonly capAt: Instant }>;

/** The department's clocks run again: when each of its milestones falls due now. */
export type LegResumed = DomainEvent<
  'LegResumed',
  { readonly department: string; readonly milestones: readonly { readonly milestone: string; readonly dueAt: Instant }[] }
>;

/** The department reached a milestone in time. That of the resolution is said by the end of the leg. */
export type LegMilestoneMet = DomainEvent<'LegMilestoneMet', MilestoneOfLeg>;

/** The department had not reached a milestone by its due instant, with which this is stamped. */
export type LegMilestoneMissed = DomainEvent<'LegMilestoneMissed', MilestoneOfLeg>;

interface MilestoneOfLeg {
  readonly department: string;
  readonly milestone: string;
  readonly dueAt: Instant;
}

/** The department handed the case off or finished it. `because` is null where it was not kept: a transfer or an end. */
export type LegEnded = DomainEvent<
  'LegEnded',
  {
    readonly department: string;
    readonly startedAt: Instant;
    readonly onTime: boolean | null;
    readonly because: 'transferred' | 'returned' | 'resolved' | null;
  }
>;

/** Before its second version, a leg had one clock, and its end was that of its work or a transfer. */
export const LEG_SHAPES: EventShapes<LegEvent['type']> = {
  LegStarted: { v: 2, upcast: ofEarlierLeg },
  LegPaused: { v: 1 },
  LegResumed: { v: 1 },
  LegMilestoneMet: { v: 1 },
  LegMilestoneMissed: { v: 1 },
  LegEnded: { v: 2, upcast: (data) => ({ because: null, ...(data as object) }) },
};

function ofEarlierLeg(data: unknown): unknown {
  const started = data as LegStarted['data'];
  return { ...started, clock: started.clock && earlierClock(started.clock), milestones: [] };
}

export const isOfLeg = (event: DomainEvent): event is LegEvent => Object.hasOwn(LEG_SHAPES, event.type);

/** One sentence for each, for the people who read its history. */
export function describeLeg({ type, data }: LegEvent): string {
  switch (type) {
    case 'LegStarted':
      return `Arrived at ${data.department}${data.dueAt === null ? ', under no agreement' : `, due there ${data.dueAt}`}`;
    case 'LegPaused':
      return `The clock of ${data.department} stands still, until ${data.capAt} at the latest: ${data.reason}`;
    case 'LegResumed':
      return `The clock of ${data.department} runs again: ${dueWords(data.milestones)}`;
    case 'LegMilestoneMet':
      return `${data.department} reached in time: ${data.milestone}`;
    case 'LegMilestoneMissed':
      return `${data.department} is late: ${data.milestone} was due ${data.dueAt}`;
    case 'LegEnded':
      return `Left ${data.department}${data.onTime === null ? '' : data.onTime ? ', on time' : ', late'}`;
  }
}

const dueWords = (milestones: LegResumed['data']['milestones']): string =>
  milestones.map(({ milestone, dueAt }) => `${milestone} due ${dueAt}`).join(', ');
