import { assert, type Instant } from '@onedoor/kernel';
import { withDueWithinHours } from '@onedoor/routing';
import { businessMsBetween, dueAt, startClock, type Calendar } from '@onedoor/sla';
import { RIVERBEND } from './riverbend.js';

/** When and for how long something is worked on in Riverbend. */
export interface Agreed {
  /** The hours of the department that does the work. */
  readonly hours: Calendar;
  /** Working time from the report to the end of the promise. */
  readonly workMs: number;
}

/** How long work takes on a service without an agreement. */
const USUAL_WORK_MS = 12 * 3_600_000;

/** The department that the rules of the city send a service to; null: triage. */
export const departmentOf = (service: string): string | null =>
  RIVERBEND.rules.find((rule) => rule.service === service)?.department ?? null;

export function agreedOn(service: string, at: Instant): Agreed {
  const terms = RIVERBEND.agreements.find(({ department }) => department === departmentOf(service))?.terms;
  const target = terms?.targets.find((each) => each.service === service)?.target;
  if (terms === undefined || target === undefined) return { hours: calendarOf('city-hall'), workMs: USUAL_WORK_MS };
  // A department whose clocks run at night works at night.
  const hours = calendarOf(target.unit.startsWith('elapsed') ? 'round-the-clock' : terms.calendarId);
  const due = dueAt(startClock({ milestone: 'resolve', startedAt: at, target, calendar: calendarOf(terms.calendarId), warnings: [] }));
  assert(due !== null, 'a running clock falls due');
  return { hours, workMs: businessMsBetween(hours, at, due) };
}

function calendarOf(id: string): Calendar {
  const draft = RIVERBEND.calendars.find((calendar) => calendar.id === id);
  assert(draft !== undefined, 'an agreement names a calendar of the city');
  return withDueWithinHours({ ...draft, version: 1 });
}
