import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ALARMS } from '@onedoor/engine';
import { sourceFiles } from './lint/import-graph.js';
import { ROOT } from './lint/snippet.js';

/** Loaded by path: the testkit stands on no platform. */
const config = '../../platform/src/config/config.js';
const metrics = '../../platform/src/observe/metrics.js';
const { Config } = (await import(config)) as { readonly Config: new () => Readonly<Record<string, unknown>> };
const { Metrics } = (await import(metrics)) as {
  readonly Metrics: new () => { readonly registry: { getMetricsAsArray(): readonly { readonly name: string }[] } };
};

const text = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');
const rows = [...text.matchAll(/^\| `(?<name>[A-Z][A-Z0-9_]+)` \| .+ \| (?<unlessSet>.+) \|$/gm)].map(
  ({ groups }) => [groups?.['name'] ?? '', groups?.['unlessSet'] ?? ''] as const,
);

/** A row of the table of alarms: texts, urgency, meaning. */
const ROW = /^\| (?<names>`.+`) \| (?<urgency>now|next day|for information) \| .+ \|$/gm;
/** Every source file but the list of alarms itself and the specs. */
const sources = sourceFiles()
  .filter((file) => !/\.spec\.ts$|engine\/src\/ports\/alarms\.ts$/.test(file))
  .map((file) => readFileSync(join(ROOT, file), 'utf8'));

/** As the page writes a setting that was left out. */
function written(value: unknown): string {
  if (typeof value === 'boolean') return value ? '`on`' : '`off`';
  return value === '' || (Array.isArray(value) && value.length === 0) ? '–' : `\`${String(value)}\``;
}

describe('docs/operations.md', () => {
  it('has every setting, and none besides', () => {
    expect(rows.map(([name]) => name).sort()).toEqual(Object.keys(new Config()).sort());
  });

  it.each(rows.filter(([name]) => name !== 'ONEDOOR_SESSION_KEY'))('says what %s is unless it is set', (name, unlessSet) => {
    const usual = written(new Config()[name]);
    expect([usual, unlessSet.slice(0, usual.length)]).toEqual([usual, usual]);
  });

  it('says of every figure of our own what it means', () => {
    const own = new Metrics().registry
      .getMetricsAsArray()
      .map(({ name }) => name)
      .filter((name) => name.startsWith('onedoor_'));
    expect(own.length).toBeGreaterThan(5);
    expect(own.filter((name) => !text.includes(`| \`${name}\` |`))).toEqual([]);
  });
});

describe('the alarms', () => {
  const listed = [...(/<!-- alarms: .+ -->(?<table>[^]*)<!-- end of alarms -->/.exec(text)?.groups?.['table'] ?? '').matchAll(ROW)].flatMap(
    ([, names = '', urgency]) => [...names.matchAll(/`(?<name>[^`]+)`/g)].map(({ groups }) => [groups?.['name'], urgency] as const),
  );

  it('of docs/operations.md are those of the code, each once, with the same urgency', () => {
    expect(listed.length).toBeGreaterThan(20);
    expect([...listed].sort()).toEqual(Object.entries(ALARMS).sort());
  });

  it.each(Object.keys(ALARMS))('%s is raised by some source file', (message) => {
    const outage = /^(?:EventStoreDB|Kafka|MongoDB) (?<what>.+)$/.exec(message)?.groups?.['what'];
    const literal = outage === undefined ? `'${message}'` : `} ${outage}\``;
    expect(sources.filter((source) => source.includes(literal))).not.toEqual([]);
  });
});

describe('the documents', () => {
  const PAGES = ['.', 'docs', 'docs/adr'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((file) => file.endsWith('.md'))
      .map((file) => join(folder, file)),
  );

  it.each(PAGES)('%s links to nothing that is not there', (page) => {
    const links = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\((?<target>[^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(({ groups }) => groups?.['target'] ?? '')
      .filter((target) => !/^https?:/.test(target));
    expect(links.filter((target) => !existsSync(join(ROOT, dirname(page), target)))).toEqual([]);
  });
});
