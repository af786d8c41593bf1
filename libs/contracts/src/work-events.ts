import type { Instant } from '@onedoor/kernel';
import type { Location } from './reported.js';
import type { PublicEvent } from './public-event.js';

/**
 * The topic of one department's routed work. A reader that begins at its start and keeps what was routed and neither withdrawn
 * nor finished has exactly the department's queue; for one case (`subject`), what has no greater `sequence` than the last was seen.
 * A topic's name holds letters, digits, dashes and underscores as they are; any other character of a code is written as its number in
 * Unicode, in hexadecimal, between dots: `No Q` is `No.20.Q`. So no two codes share a topic.
 */
export const workTopic = (department: string): string =>
  `onedoor.work.${department.replaceAll(/[^A-Za-z0-9_-]/gu, (character) => `.${character.codePointAt(0)?.toString(16) ?? ''}.`)}`;

/** What routing tells a department about its own work, under the request's reference. `round` counts reopenings from 1. */
export type WorkEvent = WorkRouted | WorkDueChanged | WorkWithdrawn | WorkFinished;

export const WORK_ROUTED = 'gov.onedoor.routing.work.routed.v1';
export const WORK_DUE_CHANGED = 'gov.onedoor.routing.work.due-changed.v1';
export const WORK_WITHDRAWN = 'gov.onedoor.routing.work.withdrawn.v1';
export const WORK_FINISHED = 'gov.onedoor.routing.work.finished.v1';

/** The case is this department's from now on: it is new, was handed over, or was reopened. */
export type WorkRouted = PublicEvent<
  typeof WORK_ROUTED,
  {
    readonly round: number;
    readonly department: string;
    readonly service: string;
    /** When the promise to the resident falls due; null where none was made. */
    readonly dueAt: Instant | null;
    /** When this department's own time is up under its agreement; null where nothing was agreed. */
    readonly legDueAt: Instant | null;
    /** What the resident was told instead of `dueAt`; absent where staff did not revise the date. */
    readonly revisedTo?: Instant;
    /** Of a public request; null of any other, and where none is known. Absent in messages of earlier releases. */
    readonly location?: Location | null;
  }
>;

/**
 * When this work falls due is otherwise than it was: one of its two clocks stands still or runs again, or the resident was told another
 * date. The instants are all as they are then: they take the place of those before. The instant of a clock that stands still is null, for
 * it is not known.
 */
export type WorkDueChanged = PublicEvent<
  typeof WORK_DUE_CHANGED,
  {
    readonly round: number;
    readonly department: string;
    /** Which clock it is about: a wait that stops both is told once of each. */
    readonly clock: 'promise' | 'department';
    readonly because: 'paused' | 'resumed' | 'revised';
    /** The code of the reason. */
    readonly reason: string;
    /** By which the promise is judged; null where none was made, or it stands still. */
    readonly dueAt: Instant | null;
    /** What the resident was told instead; null where the date was not revised, or the promise stands still. */
    readonly revisedTo: Instant | null;
    /** When this department's own time is up; null where nothing was agreed, or it stands still. */
    readonly legDueAt: Instant | null;
    readonly isPaused: boolean;
    readonly isLegPaused: boolean;
  }
>;

/** The case is no longer this department's, though it is not finished. */
export type WorkWithdrawn = PublicEvent<
  typeof WORK_WITHDRAWN,
  { readonly round: number; readonly department: string; readonly because: 'transferred' | 'returned' }
>;

/** This department ended the work of this round. */
export type WorkFinished = PublicEvent<
  typeof WORK_FINISHED,
  { readonly round: number; readonly department: string; readonly outcome: string }
>;
