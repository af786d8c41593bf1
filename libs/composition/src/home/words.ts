import type { Instant } from '@onedoor/kernel';
import type { CaseOverview } from '@onedoor/routing';

/** What the promise's clock says, in words: never by colour alone. */
export function clockWords({ status, dueAt, breachedAt, isPaused }: CaseOverview, now: Instant): string {
  if (dueAt === null) return 'no clock';
  if (status === 'resolved' || status === 'closed') return breachedAt === null ? 'stopped, on time' : 'stopped, late';
  if (isPaused) return 'standing still';
  const minutes = Math.round((Date.parse(dueAt) - Date.parse(now)) / 60_000);
  return minutes < 0 ? `overdue by ${span(-minutes)}` : `${span(minutes)} left`;
}

function span(minutes: number): string {
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

export const local = (instant: Instant, zone: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(Date.parse(instant));

/** The same, where the year goes without saying and room is short. */
export const localShort = (instant: Instant, zone: string): string =>
  new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZone: zone }).format(
    Date.parse(instant),
  );

/** `0.4231` as `42 %`; a dash where there is nothing to tell. */
export const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)} %`);
