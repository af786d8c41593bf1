import { readFileSync, statSync } from 'node:fs';
import { UserError } from './answer.js';

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_PROBLEMS = 100;

/** The content of a JSON file. Throws `UserError` where it is no JSON, can't be read or is larger than `maxBytes`. */
export function readJson(file: string, maxBytes = MAX_BYTES): unknown {
  const text = readText(file, maxBytes);
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(`${file}: is no JSON`);
  }
}

/** The text of a file. Throws `UserError` where it can't be read or is larger than `maxBytes`. */
export function readText(file: string, maxBytes = MAX_BYTES): string {
  try {
    if (statSync(file).size > maxBytes) throw new UserError(`${file}: is larger than ${maxBytes} bytes`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file} can't be read`);
  }
}

/** The error for a file with these problems; it names at most MAX_PROBLEMS of them. */
export function unusable(file: string, problems: readonly string[]): UserError {
  const rest = problems.length - MAX_PROBLEMS;
  const shown = rest > 0 ? [...problems.slice(0, MAX_PROBLEMS), `and ${rest} more`] : problems;
  return new UserError([`${file} can't be used:`, ...shown].join('\n  '));
}
