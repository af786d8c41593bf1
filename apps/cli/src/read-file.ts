import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { UserError } from './answer.js';
import { jsonProblems } from './json-problems.js';

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_PROBLEMS = 100;

/**
 * The content of a JSON file. Throws `UserError` where it can't be read, is larger than `maxBytes`, is no JSON, or would not be taken as it
 * stands: a byte order mark, a key that stands twice, or levels without end.
 */
export function readJson(file: string, maxBytes = MAX_BYTES): unknown {
  const text = readText(file, maxBytes);
  if (text.startsWith('\uFEFF')) throw new UserError(`${file}: begins with a byte order mark: save it as UTF-8 without one`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const [where] = /line \d+ column \d+/.exec((error as Error).message) ?? [];
    throw new UserError(`${file}: is no JSON${where === undefined ? '' : ` (${where})`}`);
  }
  const problems = jsonProblems(text);
  if (problems.length > 0) throw unusable(file, problems);
  return value;
}

/** The text of a file, in UTF-8. Throws `UserError` where it can't be read, is larger than `maxBytes` or is no UTF-8. */
export function readText(file: string, maxBytes = MAX_BYTES): string {
  requireFile(file, maxBytes);
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw unreadable(file, error);
  }
  const text = bytes.toString('utf8');
  if (!isUtf8(bytes)) throw new UserError(`${file}: line ${lineOfFirstDifference(bytes, text)}: is no UTF-8`);
  return text;
}

/** Throws `UserError` for what is no file: a folder, a device without end, or a pipe that may never be written to. */
export function requireFile(file: string, maxBytes = Number.POSITIVE_INFINITY): void {
  let found: ReturnType<typeof statSync>;
  try {
    found = statSync(file);
  } catch (error) {
    throw unreadable(file, error);
  }
  if (!found.isFile()) throw new UserError(`${file} can't be read: it is ${found.isDirectory() ? 'a folder' : 'no file'}`);
  if (found.size > maxBytes) throw new UserError(`${file}: is larger than ${maxBytes} bytes`);
}

function unreadable(file: string, error: unknown): UserError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new UserError(`${file} can't be read (${code ?? message})`);
}

/** The line, from 1, of the first byte that the text has not kept. */
function lineOfFirstDifference(bytes: Buffer, text: string): number {
  const again = Buffer.from(text, 'utf8');
  const first = bytes.findIndex((byte, index) => byte !== again[index]);
  return bytes.subarray(0, first).toString('latin1').split('\n').length;
}

/** The error for a file with these problems, in one line where there is one; it names at most MAX_PROBLEMS of them. */
export function unusable(file: string, problems: readonly string[]): UserError {
  if (problems.length === 1) return new UserError(`${file} can't be used: ${problems[0]}`);
  const rest = problems.length - MAX_PROBLEMS;
  const shown = rest > 0 ? [...problems.slice(0, MAX_PROBLEMS), `and ${rest} more`] : problems;
  return new UserError([`${file} can't be used:`, ...shown].join('\n  '));
}
