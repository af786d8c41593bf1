import type { Instant } from '@onedoor/kernel';

/** An instant in the time of a zone (IANA), with its year. */
export const localTime = (instant: Instant, zone: string): string =>
  format(instant, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });

/** The same without the year, where room is short and the year goes without saying. */
export const localTimeOfYear = (instant: Instant, zone: string): string =>
  format(instant, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZone: zone });

const format = (instant: Instant, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-US', options).format(Date.parse(instant));
