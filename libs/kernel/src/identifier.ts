/**
 * Whether a text has so many characters, both bounds included. Counted are code points, as JSON Schema counts them: a character outside of
 * the basic plane is one, whatever its encoding.
 */
export function hasCharacters(text: string, least: number, most: number): boolean {
  // A code point is one or two units, so most texts are judged without counting.
  if (text.length < least || text.length > 2 * most) return false;
  if (text.length <= most && text.length >= 2 * least) return true;
  const { length } = Array.from(text);
  return length >= least && length <= most;
}

/**
 * What an identifier never holds: controls, invisible characters, those that change the order of text, lone surrogates, and every kind of
 * space but U+0020. As ranges, because the generators and checkers of other languages do not know Unicode's properties.
 */
const UNSEEN =
  '\\u0000-\\u001f\\u007f-\\u00a0\\u00ad\\u034f\\u061c\\u115f\\u1160\\u1680\\u17b4\\u17b5\\u180e\\u2000-\\u200f\\u2028-\\u202f' +
  '\\u205f-\\u206f\\u3000\\u3164\\ud800-\\udfff\\ufeff\\uffa0\\ufff0-\\uffff';

/**
 * The pattern of every code and id that people choose: of departments, services, calendars. It stands in paths, logs and tables, so it is
 * one line of characters that can be seen, with spaces between them only; the leading dot is left out for the names that a path resolves.
 */
export const identifierPattern = (most: number): RegExp => new RegExp(`^[^. ${UNSEEN}](?:[^${UNSEEN}]{0,${most - 2}}[^ ${UNSEEN}])?$`, 'u');

/** The rule in words, for a refusal. */
export const identifierRule = (most: number): string =>
  `must be 1 to ${most} characters that can be seen, with spaces between them only and no dot before them`;

/** Characters of the code of a department: short enough that the topic named after it is one for every broker. */
export const DEPARTMENT_CODE_CHARACTERS = 60;

/** Characters of the code of a service: Open311's `service_code`. */
export const SERVICE_CODE_CHARACTERS = 200;

const PATTERNS = new Map<number, RegExp>();

/** Whether a value is an identifier of so many characters at most. */
export function isIdentifier(value: unknown, most: number): value is string {
  const pattern = PATTERNS.get(most) ?? identifierPattern(most);
  PATTERNS.set(most, pattern);
  return typeof value === 'string' && pattern.test(value);
}
