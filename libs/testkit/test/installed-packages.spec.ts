import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './lint/snippet.js';

const run = (program: string, ...words: readonly string[]): ReturnType<typeof spawnSync> =>
  spawnSync(program, words, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28, shell: process.platform === 'win32' });

const product = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses?: readonly unknown[];
  readonly properties?: readonly { readonly name: string }[];
}

it('the installed packages are those that are asked for: `npm ls` finds none missing, invalid or besides', () => {
  const { status, stdout } = run('npm', 'ls', '--all');
  const wrong = String(stdout)
    .split('\n')
    .filter((line) => /invalid|extraneous|UNMET DEPENDENCY/.test(line));
  expect({ status, wrong }).toEqual({ status: 0, wrong: [] });
});

it('a bill of materials names the product and each package that it asks for, with version and licence, as CycloneDX', () => {
  const { status, stdout } = run(process.execPath, join(ROOT, 'scripts/sbom.mjs'));
  expect(status).toBe(0);
  const bill = JSON.parse(String(stdout)) as {
    readonly bomFormat: string;
    readonly metadata: { readonly component: object };
    readonly components: readonly Component[];
  };
  expect(bill.bomFormat).toBe('CycloneDX');
  expect(bill.metadata.component).toMatchObject({ type: 'application', name: product.name, version: product.version });
  const found = new Map(bill.components.map((component) => [component.name, component]));
  const asked = Object.keys(product.dependencies);
  // Of a name there may be several versions.
  const isForDevelopment = (name: string): boolean =>
    bill.components
      .filter((component) => component.name === name)
      .every(({ properties = [] }) => properties.some((property) => property.name === 'cdx:npm:package:development'));
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter((name) => !/^\d+\.\d+\.\d+/.test(found.get(name)?.version ?? ''))).toEqual([]);
  expect(asked.filter((name) => (found.get(name)?.licenses ?? []).length === 0)).toEqual([]);
  expect(asked.filter(isForDevelopment)).toEqual([]);
  expect(Object.keys(product.devDependencies).filter(isForDevelopment).length).toBeGreaterThan(10);
  expect(bill.components.every(({ purl }) => purl.startsWith('pkg:npm/'))).toBe(true);
});
