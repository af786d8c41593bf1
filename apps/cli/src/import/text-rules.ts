import { hasBidirectionalControls, hasCharacters, identifierRule, isIdentifier } from '@onedoor/kernel';

/** By the rule of identifiers: the record would be refused later. */
export function codeProblem(column: string, text: string, most: number): string | null {
  if (text === '') return `${column} is empty`;
  if (!hasCharacters(text, 1, most)) return `${column} is longer than ${most} characters`;
  return isIdentifier(text, most) ? null : `${column} ${identifierRule(most)}`;
}

/** Why a text can't be taken as it stands; null where it can, or where there is none. */
export function textProblem(column: string, text: string | null, most: number): string | null {
  if (text === null) return null;
  if (text.includes('\u0000')) return `${column} holds a NUL character`;
  if (hasBidirectionalControls(text)) return `${column} holds a character that changes the order of text`;
  return hasCharacters(text, 1, most) ? null : `${column} is longer than ${most} characters`;
}
