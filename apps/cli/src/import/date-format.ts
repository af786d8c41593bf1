import { instantOf, msOf, parseInstant, type Instant } from '@onedoor/kernel';
import { instantOfLocal } from '@onedoor/sla';

/** Reads texts of one form; null for a text of another form, and for a date and time that do not exist. */
export type ReadDate = (text: string, zone: string, notBefore?: Instant) => Instant | null;

const TOKENS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  DD: '(?<day>\\d{2})',
  HH: '(?<hour>\\d{2})',
  hh: '(?<hour12>\\d{2})',
  mm: '(?<minute>\\d{2})',
  SSS: '(?<fraction>\\d{3})',
  ss: '(?<second>\\d{2})',
  M: '(?<month>\\d{1,2})',
  D: '(?<day>\\d{1,2})',
  H: '(?<hour>\\d{1,2})',
  h: '(?<hour12>\\d{1,2})',
  A: '(?<half>[AaPp])\\.?[Mm]\\.?',
  Z: '(?<offset>[Zz]|[+-]\\d{2}:\\d{2})',
};

const EITHER_TOKEN = /YYYY|MM|DD|HH|hh|mm|SSS|ss|M|D|H|h|A|Z/g;
const LETTER_OF_NONE = /[^\W\d_]/;

/**
 * The reader of a form such as `YYYY-MM-DD HH:mm:ss` or `MM/DD/YYYY hh:mm:ss A`; null where the text is no form. A form has year, month,
 * day, hour and minute, the hour of twelve with its half; `Z`, an offset or `Z`, makes the zone needless. Of letters only the tokens and
 * the `T` between date and time may stand in it.
 */
export function dateReaderOf(form: string): ReadDate | null {
  const found = form.match(EITHER_TOKEN) ?? [];
  const groups = found.map((token) => /<(\w+)>/.exec(TOKENS[token] ?? '')?.[1] ?? '');
  const has = (...names: readonly string[]): boolean => names.every((name) => groups.includes(name));
  const isWhole = has('year', 'month', 'day', 'minute') && (has('hour12', 'half') || (has('hour') && !has('half')));
  const literals = form.replaceAll(EITHER_TOKEN, '').replace('T', '');
  if (!isWhole || new Set(groups).size < groups.length || has('hour', 'hour12') || LETTER_OF_NONE.test(literals)) return null;
  const pattern = form.replaceAll(/YYYY|MM|DD|HH|hh|mm|SSS|ss|[^\w\s]|M|D|H|h|A|Z/g, (part) => TOKENS[part] ?? `\\${part}`);
  const matches = new RegExp(`^${pattern}$`);
  return (text, zone, notBefore) => {
    const parts = matches.exec(text)?.groups;
    return parts === undefined ? null : instantOfParts(parts, zone, notBefore);
  };
}

type Parts = Readonly<Record<string, string | undefined>>;

function instantOfParts(parts: Parts, zone: string, notBefore: Instant | undefined): Instant | null {
  const hour = hourOf(parts);
  if (hour === null) return null;
  const { year = '', month = '', day = '', minute = '', second = '00', fraction = '000', offset } = parts;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = `${hour}:${minute}:${second}`;
  if (offset !== undefined) return parseInstant(`${date}T${time}.${fraction}${offset}`);
  const local = instantOfLocal(`${date} ${time}`, zone, notBefore);
  return local === null || fraction === '000' ? local : instantOf(msOf(local) + Number(fraction));
}

/** Of 24; 12 AM is the first hour of the day, 12 PM the one of noon. */
function hourOf({ hour, hour12, half = '' }: Parts): string | null {
  if (hour12 === undefined) return (hour ?? '').padStart(2, '0');
  const ofTwelve = Number(hour12);
  if (ofTwelve < 1 || ofTwelve > 12) return null;
  return String((ofTwelve % 12) + (half.toLowerCase() === 'p' ? 12 : 0)).padStart(2, '0');
}
