import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command, Option } from 'commander';
import { UsageError, UserError } from './answer.js';
import type { Environment } from './open-engines.js';
import { requireFile } from './read-file.js';

/** What holds of every command's words, before its action begins. */
export function checkWords(command: Command, environment: Environment): void {
  for (const { name, value } of givenValues(command)) {
    if (value.trim() === '') throw new UsageError(`${name}: is empty`);
    if (value.startsWith('--')) throw new UsageError(`${name}: its value is missing before ${value}`);
  }
  command.setOptionValue('environment', environment);
  const isDistributed = command.getOptionValue('profile') === 'distributed';
  // A folder named on the command line would be ignored, so it is refused; ONEDOOR_DATA may be set for other commands.
  if (isDistributed && command.getOptionValueSource('data') === 'cli') {
    throw new UsageError(
      '--data: the distributed profile has no data folder; its engines are named by EVENTSTORE_URL, KAFKA_BROKERS and MONGO_URL',
    );
  }
  for (const { placeholder, value } of givenValues(command)) if (FILES.includes(placeholder)) requireFile(value);
  const folder: unknown = command.getOptionValue('data');
  if (!isDistributed && typeof folder === 'string') checkDataFolder(folder);
}

/** The placeholders of arguments and options that name a file to read. */
export const FILES: readonly string[] = ['file', 'csv', 'json'];

interface GivenValue {
  /** As a refusal names it. */
  readonly name: string;
  /** What stands for it in the help. */
  readonly placeholder: string;
  readonly value: string;
}

/** The arguments and the options with a value, defaults included. */
const givenValues = (command: Command): readonly GivenValue[] => [
  ...command.args.map((value, index) => {
    const name = command.registeredArguments[index]?.name() ?? '';
    return { name, placeholder: name, value };
  }),
  ...command.options.flatMap((option) => {
    const value: unknown = command.getOptionValue(option.attributeName());
    return typeof value === 'string' ? [{ name: option.long ?? '', placeholder: placeholderOf(option), value }] : [];
  }),
];

export const placeholderOf = ({ flags }: Option): string => /<(?<name>\w+)>/.exec(flags)?.groups?.['name'] ?? '';

/** Throws `UserError` where the path holds something that is no data folder. A folder that is not there yet passes. */
function checkDataFolder(folder: string): void {
  const found = statAt(folder);
  if (found !== undefined && !found.isDirectory()) throw new UserError(`--data: ${folder} is a file, not a folder: name another place`);
  for (const name of ['log.db', 'views.db']) {
    const file = join(folder, name);
    const kept = found && statAt(file);
    if (kept !== undefined && !kept.isFile()) throw new UserError(`--data: ${file} is no file: name another folder`);
  }
}

function statAt(path: string): ReturnType<typeof statSync> {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(`--data: ${path} can't be looked at (${code ?? message}): name another place`);
  }
}
