import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from './lint/import-graph.js';
import { ROOT } from './lint/snippet.js';

/** Facts that no read model shows, and why nobody misses them. Whoever projects one takes it off this list. */
const UNPROJECTED: Readonly<Record<string, string>> = {
  AccountCreated: 'accounts are folded from their stream: a view that lags would let in whoever was locked out',
  PasswordSet: 'accounts are folded from their stream',
  RoleGranted: 'accounts are folded from their stream',
  AccountDisabled: 'accounts are folded from their stream',
  ApiTokenIssued: 'tokens are folded from their stream: a view that lags would let in what was revoked',
  ApiTokenRevoked: 'tokens are folded from their stream',
  SessionEnded: 'sessions are folded from their stream: a view that lags would let in who signed out',
  AgreementProposed: 'agreements are folded from their stream: a view that lags would judge by terms that are not in force',
  AgreementSigned: 'agreements are folded from their stream',
  CalendarPublished: 'calendars are folded from their stream and frozen into each clock',
  LegStarted: 'no view shows legs yet: the auditor reads them in the timeline of the case',
  LegEnded: 'no view shows legs yet: the auditor reads them in the timeline of the case',
  CorrespondenceOpened: 'the correspondence is folded from its stream; what is written in it is in the ledger',
  DepartmentCreated: 'departments are folded from their stream',
  RoutingRulesPublished: 'routing rules are folded from their stream and their version is recorded with each case',
  ServiceCatalogOpened: 'the catalog is folded from its stream',
  ServicesAdded: 'the catalog is folded from its stream',
};

/** Topics that no context of ours reads, and whom they are for. */
const READ_BY_OTHERS: Readonly<Record<string, string>> = {
  NOTIFICATIONS_TOPIC: 'for systems of the city that answer residents and need to know what they were told',
};

/** The streams that tell a resident's story: whatever is in them has a sentence for the auditor. */
const TOLD_TO_THE_AUDITOR = ['SERVICE_REQUEST_SHAPES', 'CASE_SHAPES', 'CORRESPONDENCE_SHAPES'];

interface Context {
  readonly folder: string;
  /** The event types of each `*_SHAPES`. */
  readonly shapes: ReadonlyMap<string, readonly string[]>;
  readonly handled: ReadonlySet<string>;
  readonly described: string;
}

const files = sourceFiles();
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const folderOf = (file: string): string => file.split('/').slice(0, 2).join('/');

/** Everything that the given files export, by name. They are loaded by path: the testkit depends on no context. */
async function exportsOf(paths: readonly string[]): Promise<readonly (readonly [name: string, value: unknown])[]> {
  const modules = await Promise.all(paths.map((path) => import(`../../../${path}`) as Promise<Record<string, unknown>>));
  return modules.flatMap((module) => Object.entries(module));
}

async function contextAt(folder: string): Promise<Context> {
  const own = files.filter((file) => file.startsWith(`${folder}/src/`) && !file.endsWith('.spec.ts'));
  const exported = await exportsOf(own.filter(isPure));
  const descriptions = own.filter((file) => file.endsWith('/describe.ts'));
  return {
    folder,
    shapes: new Map(exported.filter(([name]) => name.endsWith('_SHAPES')).map(([name, shapes]) => [name, Object.keys(shapes as object)])),
    handled: new Set(exported.flatMap(([, value]) => (isProjection(value) ? value.handles : []))),
    described: descriptions.map(read).join('\n'),
  };
}

const isPure = (file: string): boolean => !/\.(http|service|worker|page|module)\.tsx?$|\/src\/index\.ts$/.test(file);

const isProjection = (value: unknown): value is { readonly handles: readonly string[] } =>
  typeof value === 'object' && value !== null && 'collection' in value && 'handles' in value;

const folders = [
  ...new Set(
    files.filter((file) => /\/src\/[^/]+\.module\.ts$/.test(file) && files.includes(`${folderOf(file)}/src/aggregates.ts`)).map(folderOf),
  ),
];
const contexts = await Promise.all(folders.map(contextAt));
const eventTypes = contexts.flatMap(({ shapes }) => [...shapes.values()].flat());

describe('every event', () => {
  it('is found: contexts, their shapes and their projections', () => {
    expect(contexts.length).toBeGreaterThanOrEqual(2);
    expect(contexts.filter(({ shapes }) => shapes.size === 0)).toEqual([]);
    // Who may sign in is in no view.
    expect(contexts.filter(({ handled }) => handled.size === 0).map(({ folder }) => folder)).toEqual(['libs/access']);
  });

  it.each(contexts)('of $folder is handled by a projection or listed as unprojected', ({ shapes, handled }) => {
    const types = [...shapes.values()].flat();
    expect(types.filter((type) => !handled.has(type) && !(type in UNPROJECTED))).toEqual([]);
  });

  it.each(contexts)('that a projection of $folder handles has a shape', ({ shapes, handled }) => {
    const types = [...shapes.values()].flat();
    expect([...handled].filter((type) => !types.includes(type))).toEqual([]);
  });

  it('has one name in the whole city', () => {
    expect(eventTypes.filter((type, index) => eventTypes.indexOf(type) !== index)).toEqual([]);
  });

  const told = contexts.flatMap(({ shapes, described }) =>
    [...shapes].filter(([name]) => TOLD_TO_THE_AUDITOR.includes(name)).map(([name, types]) => ({ name, types, described })),
  );

  it('of a request or a case is looked for', () => {
    expect(told.map(({ name }) => name).sort()).toEqual([...TOLD_TO_THE_AUDITOR].sort());
  });

  it.each(told)('of $name has its sentence in describe.ts', ({ types, described }) => {
    expect(types.filter((type) => !described.includes(`case '${type}':`))).toEqual([]);
  });
});

describe('the list of unprojected events', () => {
  it('names only events that exist and that no projection handles', () => {
    const handled = new Set(contexts.flatMap((context) => [...context.handled]));
    expect(Object.keys(UNPROJECTED).filter((type) => !eventTypes.includes(type) || handled.has(type))).toEqual([]);
  });
});

describe('every topic', () => {
  const topics = files
    .filter((file) => file.startsWith('libs/contracts/src/'))
    .flatMap((file) => [...read(file).matchAll(/^export const (?<name>\w+_TOPIC)\b/gm)].map(({ groups }) => groups?.['name'] ?? ''));

  it('is found', () => {
    expect(topics).toEqual(expect.arrayContaining(['INTAKE_TOPIC', 'ROUTING_TOPIC']));
  });

  it.each(topics)('%s has a producer: a publish.ts', (topic) => {
    const producers = files.filter((file) => file.endsWith('/publish.ts') && new RegExp(`topic: ${topic}\\b`).test(read(file)));
    expect(producers).not.toEqual([]);
  });

  it.each(topics.filter((topic) => !(topic in READ_BY_OTHERS)))('%s has a consumer: a module whose Consumer names it', (topic) => {
    const consumers = files.filter(
      (file) => file.endsWith('.module.ts') && new RegExp(`topics: \\[[^\\]]*\\b${topic}\\b`).test(read(file)),
    );
    expect(consumers).not.toEqual([]);
  });
});
