const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;
/** Three years: enough to set one beside the ones before, few enough that an answer stays quick and small. */
const LONGEST_DAYS = 1_096;

/** What is wrong with one end of a period; null when it is a day. */
export function dayProblem(field: string, value: unknown): string | null {
  if (typeof value === 'string' && DATE.test(value) && isDay(value)) return null;
  return `${field}: must be a day that exists, given once as YYYY-MM-DD`;
}

/** What is wrong with a period as a whole; null when it can be asked for, or when one of its ends is no day at all. */
export function spanProblem(from: unknown, to: unknown): string | null {
  if (dayProblem('from', from) !== null || dayProblem('to', to) !== null) return null;
  const days = (Date.parse(to as string) - Date.parse(from as string)) / DAY_MS + 1;
  if (days < 1) return 'to: must not be before from';
  return days > LONGEST_DAYS ? `to: the period may be at most ${LONGEST_DAYS} days long` : null;
}

function isDay(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date) && !date.startsWith('0000');
}
