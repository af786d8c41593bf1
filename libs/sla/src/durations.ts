export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** The length of an ordinary day. A day of the wall clock may be shorter or longer; positions on the wall clock never are. */
export const DAY_MS = 86_400_000;

/**
 * How far a search for open time or for a business day looks before it gives up: 200 years. No agreement means to promise
 * beyond it, so whoever gets there has asked for more time than the calendar will ever have.
 */
export const SEARCH_DAYS_MAX = 73_050;
