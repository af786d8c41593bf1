import { DataFolderInUse } from '@onedoor/adapters';
import { DamagedLog, DamagedStream, Fenced, Misconfigured, Unavailable } from '@onedoor/engine';
import { SetUpRefused } from '@onedoor/platform';
import { CommanderError, type Command } from 'commander';
import { say, UsageError, UserError } from './answer.js';
import { checkWords } from './check-words.js';
import type { Environment } from './open-engines.js';

/** Exit codes: `REFUSED` also where a command failed; `USAGE` where the words are no command, so that nothing was begun. */
const DONE = 0;
const REFUSED = 1;
const USAGE = 2;

/**
 * Runs the command that these words name, and returns the exit code. Every failure ends here, as one line on standard error; the stack
 * of what is no refusal follows with `ONEDOOR_LOG=debug` only.
 */
export async function run(program: Command, words: readonly string[], environment: Environment): Promise<number> {
  for (const command of allCommands(program)) catchUsage(command);
  program.hook('preAction', (_, command) => checkWords(command, environment));
  try {
    await program.parseAsync(words, { from: 'user' });
    return Number(process.exitCode ?? DONE);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return DONE;
    return report(error, environment);
  }
}

/** Says why a command failed, and returns its exit code. */
export function report(error: unknown, environment: Environment): number {
  say(lineOf(error));
  if (!isExpected(error) && environment['ONEDOOR_LOG'] === 'debug' && error instanceof Error) say(String(error.stack));
  return error instanceof UsageError ? USAGE : REFUSED;
}

/** A command and those below it. */
export const allCommands = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(allCommands)];

/** Its words, as they are typed. */
export const wordsOf = (command: Command): string =>
  [...(command.parent === null ? [] : [wordsOf(command.parent)]), command.name()].join(' ');

const EXPECTED = [UserError, DataFolderInUse, SetUpRefused, Unavailable, Misconfigured, Fenced, DamagedStream, DamagedLog];

const isExpected = (error: unknown): boolean => EXPECTED.some((kind) => error instanceof kind);

function lineOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof DamagedStream) return `${message}; restore the latest backup`;
  return isExpected(error) ? message : `OneDoor failed: ${message.replaceAll(/\s*\n\s*/g, '; ')}`;
}

/** Lets commander print help only where it was asked for, and throw everything else as a `UsageError` of one line. */
function catchUsage(command: Command): void {
  command.configureOutput({ writeErr: () => undefined });
  command.exitOverride((error) => {
    if (error.exitCode === 0) throw error;
    const below = command.commands.map((each) => each.name()).join(', ');
    const message = error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');
    throw new UsageError(
      error.code === 'commander.help' ? `${wordsOf(command)}: add one of ${below}` : `${message}; see ${wordsOf(command)} --help`,
    );
  });
}
