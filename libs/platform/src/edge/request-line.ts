import { escapeProblem, unescapeBytes } from './text-encoding.js';

/** Parameters of one query. */
const PARAMETERS_MOST = 100;
const NAME_CHARACTERS = 100;

/** Headers that say one thing, of which Node would keep the first in silence. */
const GIVEN_ONCE: ReadonlySet<string> = new Set(['host', 'authorization', 'content-type', 'if-match', 'idempotency-key']);

/** What is wrong with the URL of a request: one line for each part that can't be read as it was meant. Its values are not in the lines. */
export function urlProblems(url: string): readonly string[] {
  if (!/^[\x21-\x7e]*$/.test(url)) return ['The URL must be percent-encoded: it has other characters than ASCII'];
  const pairs = pairsIn(url, PARAMETERS_MOST + 1);
  if (pairs.length > PARAMETERS_MOST) return [`The query must have at most ${PARAMETERS_MOST} parameters`];
  return pairs.flatMap((pair) => {
    const equals = pair.indexOf('=');
    const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    const problem = escapeProblem(name);
    if (problem !== null) return [`The name of a parameter ${problem}`];
    const ofValue = escapeProblem(value);
    return ofValue === null ? [] : [`${shown(readable(name))}: ${ofValue}`];
  });
}

/** One line for each parameter of a readable query that is not among the known ones: what is not there would be left out in silence. */
export function queryProblems(url: string, known: ReadonlySet<string>): readonly string[] {
  const names = new Set(pairsIn(url).map((pair) => readable(pair.split('=', 1)[0] ?? '')));
  return [...names].filter((name) => !known.has(name)).map((name) => `${shown(name)}: there is no such parameter here`);
}

/** The pairs of name and value of a query, empty ones left out; among its first parts only, where a number is given. */
function pairsIn(url: string, parts?: number): readonly string[] {
  const mark = url.indexOf('?');
  if (mark < 0) return [];
  return url
    .slice(mark + 1)
    .split('&', parts)
    .filter((pair) => pair !== '');
}

const readable = (name: string): string => (unescapeBytes(name) ?? '').toString();
const shown = (name: string): string => name.slice(0, NAME_CHARACTERS);

/** What is wrong with the headers of a request, as they came: name and value by turns. */
export function headerProblems(rawHeaders: readonly string[], httpVersion: string): readonly string[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    if (!GIVEN_ONCE.has(name)) continue;
    if (seen.has(name)) repeated.add(name);
    seen.add(name);
  }
  const isHostMissing = !seen.has('host') && httpVersion === '1.1';
  return [...(isHostMissing ? ['Host: is required'] : []), ...[...repeated].map((name) => `${titled(name)}: must be given once`)];
}

const titled = (name: string): string => name.replaceAll(/\b\w/g, (letter) => letter.toUpperCase());
