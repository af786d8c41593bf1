import { RequestProblem } from '@onedoor/platform';

/** The parameters of a query, each given once. */
export type Parameters = Readonly<Record<string, string | undefined>>;

/**
 * What clients send with every call. `jurisdiction_id` is checked; reading needs no `api_key`; `extensions` asks for more than there is,
 * and `_` and `callback` are added by JavaScript libraries.
 */
const PASSED = ['api_key', 'jurisdiction_id', 'extensions', '_', 'callback'];

const NAME_CHARACTERS = 100;

/** The name of a parameter or field as an error shows it. */
export const shownName = (name: string): string => name.toWellFormed().slice(0, NAME_CHARACTERS);

/** Whether a parameter or field has a meaning on every path. */
export const isPassed = (name: string): boolean => PASSED.includes(name);

/** Throws a 400 that names each parameter that is given twice, or that has no meaning here: a filter that is not there filters nothing. */
export function parametersOf(query: Readonly<Record<string, unknown>>, known: readonly string[] = []): Parameters {
  const problems = Object.entries(query).flatMap(([name, value]) => {
    if (!known.includes(name) && !isPassed(name)) return [`${shownName(name)}: there is no such parameter here`];
    return typeof value === 'string' ? [] : [`${shownName(name)}: must be given once; lists are separated by commas`];
  });
  if (problems.length > 0) throw new RequestProblem(400, problems);
  return query as Parameters;
}

/** Throws a 404 for another city's id (GeoReport v2, errors). An empty one is none. */
export function checkJurisdiction(given: unknown, ours: string): void {
  if (typeof given === 'string' && given.trim() !== '' && given.trim() !== ours)
    throw new RequestProblem(404, ['jurisdiction_id: there is no such jurisdiction here']);
}
