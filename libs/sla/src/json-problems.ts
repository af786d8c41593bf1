import { hasCharacters } from '@onedoor/kernel';

/** What is wrong with parts of a value read from JSON: shared by the rules of calendars, targets and warnings. */

export const problemIf = (isProblem: boolean, problem: string): readonly string[] => (isProblem ? [problem] : []);

/** A short text that every encoder takes: half of a surrogate pair is no character, and stores end text at a NUL. */
export function textProblems(field: string, value: unknown, characters: number): readonly string[] {
  if (typeof value !== 'string' || value === '') return [`${field}: must be a text that is not empty`];
  const isFine = hasCharacters(value, 1, characters) && value.isWellFormed() && !value.includes('\u0000');
  return problemIf(!isFine, `${field}: must be text of up to ${characters} characters, in well-formed Unicode and without NUL`);
}

/** The fields that an object has besides the known ones: what is not known would be kept unread, and unbounded. */
export const unknownFieldProblems = (
  path: string,
  fields: Readonly<Record<string, unknown>> | null,
  known: readonly string[],
): readonly string[] =>
  Object.keys(fields ?? {})
    .filter((field) => !known.includes(field))
    .map((field) => `${path}${field.slice(0, 100)}: there is no such field`);
