import type { Clock } from '@onedoor/sla';
import { withDueWithinHours } from '../calendar/decider.js';

/** A clock as events of earlier releases hold it, which had no name for its reckoning: it keeps that of its time. */
export const earlierClock = (clock: Clock): Clock => ({
  ...clock,
  reckoning: 'by_date',
  calendar: withDueWithinHours(clock.calendar),
});
