import { DAY_MS, HOUR_MS, instantOf, msOf, nearestInstant, parseInstant, SECOND_MS, type Instant } from '@onedoor/kernel';
import { instantOfLocal } from '@onedoor/sla';

/** Everything from one instant to another, both included. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?(?:\.\d{1,9})?$/;
const ZONED_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?(?:\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * What a date or time of W3C's form names in a city: a date its whole local day, a time the whole second, for seconds are what is shown.
 * A time without a zone is the city's; where its clock shows it twice, both. Null for any other text, and for what does not exist.
 */
export function periodNamed(text: string, zone: string): Period | null {
  if (DATE.test(text)) return dayNamed(text, zone);
  const [, date, minute, second = ':00'] = LOCAL_TIME.exec(text) ?? [];
  if (date !== undefined) return localSecond(`${date} ${minute}${second}`, zone);
  const [, toTheMinute, seconds = ':00', offset = ''] = ZONED_TIME.exec(text) ?? [];
  if (toTheMinute === undefined) return null;
  const from = parseInstant(`${toTheMinute}${seconds}${offset.replace(/^(.\d{2})(\d{2})$/, '$1:$2')}`);
  return from === null ? null : { from, to: endOfSecond(from) };
}

function dayNamed(date: string, zone: string): Period | null {
  const from = instantOfLocal(`${date} 00:00:00`, zone);
  if (from !== null && date === LAST_DATE) return { from, to: nearestInstant(Infinity) };
  const next = from && instantOfLocal(`${nextDate(date)} 00:00:00`, zone);
  return from === null || next === null ? null : { from, to: instantOf(msOf(next) - 1) };
}

/** The day after it begins where instants end, or after that. */
const LAST_DATE = '9999-12-31';

/** Of a date that exists, and is not the last one. */
const nextDate = (date: string): string => instantOf(Date.parse(`${date}T00:00:00Z`) + DAY_MS).slice(0, 10);

function localSecond(local: string, zone: string): Period | null {
  const from = instantOfLocal(local, zone);
  const again = from && instantOfLocal(local, zone, instantOf(msOf(from) + 1));
  return from === null || again === null ? null : { from, to: endOfSecond(again) };
}

const endOfSecond = (start: Instant): Instant => instantOf(msOf(start) + SECOND_MS - 1);

/** How many days a list may cover. */
export const SPAN_DAYS = 90;
/** A clock change makes one of them an hour longer. */
const SPAN_MS = SPAN_DAYS * DAY_MS + HOUR_MS;

/** From the start of one period to the end of another; an end that is not given is 90 days away from the other one, or now. */
export function spanBetween(start: Period | null, end: Period | null, now: Instant): Period {
  const toMs = end === null ? (start === null ? msOf(now) : msOf(start.from) + SPAN_DAYS * DAY_MS - 1) : msOf(end.to);
  const fromMs = start === null ? toMs + 1 - SPAN_DAYS * DAY_MS : msOf(start.from);
  return { from: nearestInstant(fromMs), to: nearestInstant(toMs) };
}

export const isTooLong = ({ from, to }: Period): boolean => msOf(to) - msOf(from) > SPAN_MS;
