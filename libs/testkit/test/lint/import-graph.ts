import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from './snippet.js';

export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** What is left of imports when the program runs, or all of them, types too. */
export type Arrows = 'values' | 'values and types';

/** `import … from './x.js'`, `export … from './x.js'` and `import './x.js'`, over several lines too. */
const STATIC = /^(?:import|export)\s+(?<what>[^;'"]*?\sfrom\s+)?['"](?<source>\.[^'"]*)['"]/gm;
/** `import('./x.js')`, of a value or of a type; both count as values, because a late cycle is a cycle too. */
const DYNAMIC = /\bimport\(\s*['"](?<source>\.[^'"]*)['"]/g;

/** The source files of all workspaces, relative to the root. */
export function sourceFiles(): readonly string[] {
  return ['libs', 'apps']
    .flatMap((group) => readdirSync(join(ROOT, group)).map((workspace) => join(ROOT, group, workspace, 'src')))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => relative(ROOT, path).replaceAll('\\', '/'))
    .sort();
}

/** Which file imports which, by relative paths. Between workspaces the layers of lint leave no way back. */
export function importGraph(files: readonly string[], arrows: Arrows, read = readFromRoot): ImportGraph {
  const known = new Set(files);
  return new Map(
    files.map((file) => [
      file,
      importsOf(read(file), arrows)
        .map((source) => target(file, source, known))
        .filter((one) => one !== null),
    ]),
  );
}

/** The cycles that a walk in depth runs into, as `a → b → a`: none exactly if there is no cycle. */
export function cycles(graph: ImportGraph): readonly string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file].join(' → '));
    if (at >= 0 || done.has(file)) return;
    path.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return found;
}

function importsOf(text: string, arrows: Arrows): readonly string[] {
  const stated = [...text.matchAll(STATIC)].filter(({ groups }) => arrows === 'values and types' || !isOfTypesOnly(groups?.['what'] ?? ''));
  return [...stated, ...text.matchAll(DYNAMIC)].map(({ groups }) => groups?.['source'] ?? '');
}

/** `type { A }`, and `{ type A, type B }`, which the compiler leaves out as well. */
function isOfTypesOnly(what: string): boolean {
  if (/^type\s+[{*\w]/.test(what)) return true;
  const names = /^\{(?<names>[^}]*)\}/.exec(what.trim())?.groups?.['names'];
  return names !== undefined && names.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type '));
}

function target(file: string, source: string, known: ReadonlySet<string>): string | null {
  const path = join(dirname(file), source).replaceAll('\\', '/');
  const candidates = [path, path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx')];
  return candidates.find((candidate) => known.has(candidate)) ?? null;
}

function readFromRoot(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
