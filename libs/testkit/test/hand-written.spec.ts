import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CONTEXTS } from './contexts.js';
import { sourceFiles } from './lint/import-graph.js';
import { ROOT } from './lint/snippet.js';

/** Files with a route that changes something and is no command of an aggregate, and why it is none. */
const NO_COMMANDS: Readonly<Record<string, string>> = {
  'libs/access/src/session/sessions.http.ts': 'signing in: no aggregate is asked, and its answer is a session, which no stream keeps',
  'libs/intake/src/open311/report.http.ts': "Open311's POST, in the forms and words of GeoReport v2: it sends the command of a request",
  'libs/demo/src/traffic/traffic.controller.ts': 'the controls of the live demonstration, which no city has',
};

/** What makes controllers and handlers of definitions. */
const MACHINERY = 'libs/platform/src/';

const files = sourceFiles()
  .filter((file) => !file.endsWith('.spec.ts'))
  .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
const filesWith = (pattern: RegExp): readonly string[] => files.filter(({ text }) => pattern.test(text)).map(({ file }) => file);
const outside = (found: readonly string[]): readonly string[] =>
  found.filter((file) => !file.startsWith(MACHINERY) && !(file in NO_COMMANDS));

const WRITES = /^ *@(?:Post|Put|Patch|Delete)\(/m;
const READS_A_BODY = /@Body\(/;
const HANDLES = /@CommandHandler\(|implements ICommandHandler/;
const RULES = /from 'class-validator'/;

describe('what is written by hand for commands', () => {
  it('is no controller', () => {
    expect(outside(filesWith(WRITES))).toEqual([]);
    expect(outside(filesWith(READS_A_BODY))).toEqual([]);
  });

  it('is no handler: one is made for each aggregate', () => {
    expect(filesWith(HANDLES)).toEqual(['libs/platform/src/commands/aggregate-handler.ts']);
  });

  it('is no body: rules of fields stand in commands, else in queries and beside what is no command', () => {
    const slices = Object.keys(NO_COMMANDS).map((file) => dirname(file));
    const inContexts = filesWith(RULES).filter((file) => CONTEXTS.some(({ name }) => file.startsWith(`libs/${name}/src/`)));
    const queries = filesWith(/^(?:export )?class \w+Query(?:Dto)?\b/m);
    expect(inContexts.filter((file) => !file.includes('/commands/') && !queries.includes(file) && !slices.includes(dirname(file)))).toEqual(
      [],
    );
  });

  it('would be found: each pattern finds what it is looked for by', () => {
    expect('  @Put(":id")').toMatch(WRITES);
    expect('run(@Body(bodyOf(Dto)) body: Dto)').toMatch(READS_A_BODY);
    expect('@CommandHandler(OpenCase)').toMatch(HANDLES);
    expect("import { IsIn } from 'class-validator';").toMatch(RULES);
  });
});

describe('the list of what is no command', () => {
  it('names only files with a route that changes something', () => {
    const writing = filesWith(WRITES);
    expect(Object.keys(NO_COMMANDS).filter((file) => !writing.includes(file))).toEqual([]);
  });
});
