import type { Alarm } from '@onedoor/engine';

/** Prints the result of a command to standard output: one JSON document with `--json`, otherwise lines of text. */
export function answer(asJson: boolean, document: unknown, lines: readonly string[]): void {
  process.stdout.write(asJson ? `${JSON.stringify(document)}\n` : `${lines.join('\n')}\n`);
}

/** Prints everything that is not the result to standard error. */
export function say(...lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
}

export const sayAlarm: Alarm = (message, details) => say(`${message}: ${JSON.stringify(details)}`);

/** A failure that the user can correct: its message is printed without a stack. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}

/** The words of a command are wrong: it was not begun. */
export class UsageError extends UserError {
  override readonly name = 'UsageError';
}
