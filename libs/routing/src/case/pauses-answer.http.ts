import { DAY_MS, MINUTE_MS, type Instant } from '@onedoor/kernel';
import { count, flag, instant, list, oneOf, orNull, record, text, type Schema } from '@onedoor/platform';
import type { AgreementTerms } from '../agreement/agreement.js';
import type { Leg } from './leg.js';
import { pauseLeft } from './pause-left.js';
import type { Case } from './state.js';

/** A reason for which the agreement of the case's department lets clocks stand still, and what is left of its cap in this round. */
export interface PauseView {
  readonly reason: string;
  readonly capMinutes: number;
  /** Null: it never stops the promise, because it lies inside the city, or there is none. */
  readonly promiseLeftMinutes: number | null;
  readonly departmentLeftMinutes: number | null;
}

/** The department's own time with the case. */
export interface LegView {
  readonly startedAt: Instant;
  readonly isPaused: boolean;
  readonly milestones: readonly MilestoneView[];
}

interface MilestoneView {
  readonly milestone: string;
  readonly dueAt: Instant;
  readonly outcome: 'open' | 'met' | 'missed';
}

export function pauseViews(state: Case, agreed: AgreementTerms | null): readonly PauseView[] {
  return (agreed?.pauses ?? []).map(({ reason, capDays }) => {
    const left = pauseLeft(state, reason, capDays * DAY_MS);
    return {
      reason,
      capMinutes: (capDays * DAY_MS) / MINUTE_MS,
      promiseLeftMinutes: state.promise === null ? null : wholeMinutes(left.promiseMs),
      departmentLeftMinutes: wholeMinutes(left.legMs),
    };
  });
}

/** As of an instant, because its clocks may have gone on since the last event. */
export const legView = ({ startedAt, pause, milestones }: Leg): LegView => ({
  startedAt,
  isPaused: pause !== null,
  milestones: milestones.map(({ clock, dueAt, outcome }) => ({ milestone: clock.milestone, dueAt, outcome })),
});

const wholeMinutes = (ms: number | null): number | null => (ms === null ? null : Math.floor(ms / MINUTE_MS));

const LEFT = 'Whole minutes that are left in this round, by the clock on the wall';

export const PAUSES_SCHEMA: Schema = list(
  record<PauseView>('CasePause', {
    reason: text("The reason's code."),
    capMinutes: count('For how long in a round, over all waits for it.'),
    promiseLeftMinutes: orNull(count(`${LEFT}; null where it never stops the promise.`)),
    departmentLeftMinutes: orNull(count(`${LEFT} to the department; null in triage.`)),
  }),
  "For what the agreement of the case's department lets clocks stand still.",
);

export const LEG_SCHEMA: Schema = record<LegView>('CaseLeg', {
  startedAt: instant('When the case arrived at the department.'),
  isPaused: flag("Whether the department's clocks stand still."),
  milestones: list(
    record<MilestoneView>('CaseMilestone', {
      milestone: text('`acknowledge`, `start`, `resolve` or a name that the agreement gives.'),
      dueAt: instant('When it falls due.'),
      outcome: oneOf(['open', 'met', 'missed'], 'Whether it was reached by then.'),
    }),
    'What the department owes under its agreement.',
  ),
});
