const FIELD_CHARACTERS = 100;

/** The line of a 400 for a field that no rule knows; its name is the caller's, and cut short. `within`: the path before it. */
export const unknownField = (name: string, within = ''): string =>
  `${within}${name.toWellFormed().slice(0, FIELD_CHARACTERS)}: there is no such field`;
