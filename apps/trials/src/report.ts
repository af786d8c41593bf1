import type { Alarm } from '@onedoor/engine';

/** Writes a line of progress to standard error. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Writes the alarms of the adapters to standard error. */
export const sayAlarm: Alarm = (message, details) => say(`${message}: ${JSON.stringify(details)}`);

/** Writes the result of a trial to standard output: one JSON object, or a line for each of its fields. */
export function printResult(result: object, asJson: boolean): void {
  const lines = Object.entries(result).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  process.stdout.write(asJson ? `${JSON.stringify(result)}\n` : `${lines.join('\n')}\n`);
}
