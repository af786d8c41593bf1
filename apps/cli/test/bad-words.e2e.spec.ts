import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { lockDataFolder, openSqlite } from '@onedoor/adapters';
import { sampleEvent } from '@onedoor/testkit';
import type { Command } from 'commander';
import { FILES, placeholderOf } from '../src/check-words.js';
import { onedoorProgram } from '../src/program.js';
import { allCommands, run, wordsOf } from '../src/run.js';
import { onedoorWith, type Ended } from './command-line.js';
import { lineOf, madeUpRows, writeRecords } from './made-up-records.js';

const PASSWORD = 'a door that opens slowly\n';
const RUNS_TAKE_AT_MOST_MS = 240_000;

const folder = mkdtempSync(join(tmpdir(), 'onedoor-words-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

const commands = allCommands(onedoorProgram({})).slice(1);
const leaves = commands.filter((command) => command.commands.length === 0);
const hasOption = (command: Command, name: string): boolean => command.options.some(({ long }) => long === name);

/** Words that would do, by what stands for them in the help: a new kind of argument needs a line here. */
const GOOD: Readonly<Record<string, string>> = {
  file: at('records.csv'),
  csv: at('agreements.csv'),
  json: join(import.meta.dirname, '../../../config/boston-2011.json'),
  reference: '3D7K2F9QXM4',
  id: 'streets-desk',
  role: 'router',
  day: '2026-01-01',
  key: 'routing.26N2K7DQMA4',
  text: 'Done by hand',
};
const CITY_FILE = ['onedoor city apply'];

function goodFor(placeholder: string, command: Command): string {
  const good = placeholder === 'file' && CITY_FILE.includes(wordsOf(command)) ? at('city.json') : GOOD[placeholder];
  if (good === undefined) throw new Error(`${wordsOf(command)}: say above which word would do for <${placeholder}>`);
  return good;
}

/** The words of a command with everything that it must be given; `change` replaces or leaves out (null) one of them. */
function wordsFor(command: Command, change: { readonly of: string; readonly by: string | null } | null = null): readonly string[] {
  const changed = (placeholder: string, name: string): readonly string[] => {
    const value = change?.of === name ? change.by : goodFor(placeholder, command);
    return value === null ? [] : [...(name.startsWith('--') ? [name] : []), value];
  };
  return [
    ...wordsOf(command).split(' ').slice(1),
    ...command.registeredArguments.flatMap((argument) => changed(argument.name(), argument.name())),
    ...command.options.flatMap((option) => (option.mandatory ? changed(placeholderOf(option), option.long ?? '') : [])),
  ];
}

/** These read a password before they open anything, so a process of their own is given one. */
const ASK_FOR_PASSWORDS = ['onedoor account create', 'onedoor account password'];

/** Runs the command line in this process: most words are refused before anything is opened. */
async function ended(words: readonly string[]): Promise<Ended> {
  const written = { stdout: '', stderr: '' };
  const streams = ['stdout', 'stderr'] as const;
  const before = streams.map((name) => process[name].write);
  for (const name of streams) process[name].write = (text) => Boolean((written[name] += String(text)));
  try {
    return { code: await run(onedoorProgram({}), words, {}), ...written };
  } finally {
    for (const [index, name] of streams.entries()) Object.assign(process[name], { write: before[index] });
    process.exitCode = undefined;
  }
}

/** One line on standard error names what is wrong, and nothing else is said. */
async function expectOneLine(words: readonly string[], code: number, naming: RegExp): Promise<void> {
  const { stdout, ...rest } = await ended(words);
  expect({ words, stdout, ...rest }).toEqual({ words, stdout: '', code, stderr: expect.stringMatching(naming) });
  expect(rest.stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(rest.stderr).not.toMatch(/OneDoor failed|\n\s+at /);
}

beforeAll(async () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/city-file.md'), 'utf8');
  writeFileSync(at('city.json'), /```json\n(?<example>[\s\S]+?)```/.exec(page)?.groups?.['example'] ?? '');
  writeRecords(
    at('records.csv'),
    madeUpRows(3).map((row) => lineOf(row)),
  );
  writeFileSync(at('agreements.csv'), 'department,type,n_cases,sla,unit\nPWDx,Pothole,1,2,business_days\n');
  const data = await openSqlite(at('whole'));
  await data.store.append('note-1', 'no-stream', [sampleEvent('a')]);
  await data.close();
  for (const name of ['of a later release', 'torn', 'no database', 'held']) {
    mkdirSync(at(name));
    copyFileSync(at('whole/log.db'), at(`${name}/log.db`));
  }
  const later = new DatabaseSync(at('of a later release/log.db'));
  later.exec('PRAGMA user_version = 99');
  later.close();
  writeFileSync(at('no database/log.db'), Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 37) % 256)));
  writeFileSync(at('torn/log.db'), '');
  mkdirSync(at('of folders/log.db'), { recursive: true });
  writeFileSync(at('plain'), 'text');
  writeFileSync(at('empty'), '');
  writeFileSync(at('binary'), Buffer.from([0x1f, 0xff, 0xfe, 0x00, 0x80]));
});

it('there are commands to try', () => {
  expect(leaves.map(wordsOf)).toEqual(expect.arrayContaining(['onedoor city apply', 'onedoor doctor', 'onedoor account create']));
});

describe.each(commands.map((command) => [wordsOf(command), command] as const))('%s', (name, command) => {
  const isLeaf = command.commands.length === 0;

  it('refuses words that are no command', async () => {
    const words = name.split(' ').slice(1);
    if (isLeaf) {
      await expectOneLine([...wordsFor(command), '--bogus'], 2, /unknown option '--bogus'; see onedoor .*--help/);
      await expectOneLine([...wordsFor(command), 'one', 'too', 'many'], 2, /too many arguments/);
    } else {
      await expectOneLine(words, 2, /: add one of /);
      await expectOneLine([...words, 'bogus'], 2, /unknown command 'bogus'/);
    }
  });

  it('refuses what is left out or empty, by its name', async () => {
    for (const argument of command.registeredArguments) {
      await expectOneLine(
        wordsFor(command, { of: argument.name(), by: null }),
        2,
        new RegExp(`missing required argument '${argument.name()}'`),
      );
      await expectOneLine(wordsFor(command, { of: argument.name(), by: '' }), 2, new RegExp(`^${argument.name()}: is empty`));
    }
    for (const { long, mandatory, required, argChoices } of command.options) {
      const option = long ?? '';
      if (mandatory) await expectOneLine(wordsFor(command, { of: option, by: null }), 2, new RegExp(`required option '${option} `));
      if (!required) continue;
      const rest = mandatory ? wordsFor(command, { of: option, by: null }) : wordsFor(command);
      await expectOneLine([...rest, option], 2, new RegExp(`option '${option} .*argument missing`));
      if (argChoices !== undefined) await expectOneLine([...rest, option, 'bogus'], 2, /Allowed choices are/);
      else await expectOneLine([...rest, option, ''], option === '--cases' ? 1 : 2, new RegExp(`^${option}: `));
    }
  });

  it('refuses a file that is none, is not there, or holds something else', async () => {
    const places = [
      ...command.registeredArguments.map((argument) => [argument.name(), argument.name()] as const),
      ...command.options.map((option) => [option.long ?? '', placeholderOf(option)] as const),
    ].filter(([, placeholder]) => FILES.includes(placeholder));
    for (const [of] of places) {
      const isExtra = of.startsWith('--') && !command.options.some(({ long, mandatory }) => mandatory && long === of);
      for (const [by, naming] of [
        [at('absent'), /absent can't be read \(ENOENT\)/],
        [folder, /can't be read: it is a folder/],
        ['/dev/zero', /can't be read: it is no file/],
        [at('plain/below'), /can't be read \(ENOTDIR\)/],
      ] as const) {
        await expectOneLine(isExtra ? [...wordsFor(command), of, by] : wordsFor(command, { of, by }), 1, naming);
      }
    }
  });

  if (!isLeaf || !hasOption(command, '--data')) return;
  const on = (data: string): readonly string[] => [...wordsFor(command), '--data', data];

  it(
    'refuses a data folder that is none',
    async () => {
      await expectOneLine(on(at('plain')), 1, /^--data: .*plain is a file, not a folder/);
      await expectOneLine(on(at('of folders')), 1, /^--data: .*log\.db is no file/);
      await expectOneLine(on('--json'), 2, /^--data: its value is missing before --json/);
    },
    RUNS_TAKE_AT_MOST_MS,
  );

  it(
    'ends with a line where there is no data, or data that is damaged, in use or of a later release',
    async () => {
      const held = lockDataFolder(at('held'));
      try {
        for (const data of [
          '/proc/onedoor',
          at('plain/below'),
          at('nothing'),
          at('torn'),
          at('no database'),
          at('of a later release'),
          at('held'),
        ]) {
          const { code, stdout, stderr } = await (ASK_FOR_PASSWORDS.includes(name) ? onedoorWith(PASSWORD, ...on(data)) : ended(on(data)));
          expect({ data, stderr }).toEqual({ data, stderr: expect.not.stringMatching(/OneDoor failed|\n\s+at /) });
          expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(1);
          // Either it did what was asked, or it says on one of the two why not.
          expect({ data, isSaid: code === 0 || `${stdout}${stderr}`.trim() !== '' }).toEqual({ data, isSaid: true });
        }
      } finally {
        held.release();
      }
    },
    RUNS_TAKE_AT_MOST_MS,
  );
});
