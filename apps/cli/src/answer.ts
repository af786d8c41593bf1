/** What a command tells its caller: one JSON document on standard output with `--json`, else lines for people. */
export function answer(asJson: boolean, document: unknown, lines: readonly string[]): void {
  process.stdout.write(asJson ? `${JSON.stringify(document)}\n` : `${lines.join('\n')}\n`);
}

/** Anything that is not the answer goes to standard error. */
export function say(...lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
}

/** The command can't do what it says, for a reason that the user can mend. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}
