import { cycles, importGraph, sourceFiles, type Arrows } from './lint/import-graph.js';

describe('imports between files', () => {
  const files = sourceFiles();
  const ofValues = cycles(importGraph(files, 'values'));

  // Between decorated classes such a cycle ends the process at load.
  it('have no cycle of values', () => {
    expect(ofValues).toEqual([]);
  });

  // The compiler leaves these out; people still cannot read either file without the other.
  it('have no cycle that types close', () => {
    expect(cycles(importGraph(files, 'values and types')).filter((cycle) => !ofValues.includes(cycle))).toEqual([]);
  });

  it('are seen: the walk over this repository finds arrows', () => {
    const arrows = [...importGraph(files, 'values').values()].flat();
    expect(files.length).toBeGreaterThan(100);
    expect(arrows.length).toBeGreaterThan(files.length / 2);
  });
});

describe('the walk', () => {
  const among = (texts: Readonly<Record<string, string>>, arrows: Arrows): readonly string[] =>
    cycles(importGraph(Object.keys(texts), arrows, (file) => texts[file] ?? ''));

  it.each([
    ["import { b } from './b.js';", "import { a } from './a.js';"],
    ["import {\n  type B,\n  b,\n} from './b.js';", "export * from './a.js';"],
    ["import './b.js';", "const a = await import('./a.js');"],
  ])('finds a cycle of values: %j', (a, b) => {
    expect(among({ 'a.ts': a, 'b.ts': b }, 'values')).toEqual(['a.ts → b.ts → a.ts']);
  });

  it.each([["import type { B } from './b.js';"], ["import { type B, type C } from './b.js';"], ["export type { B } from './b.js';"]])(
    'tells a cycle of types apart: %j',
    (a) => {
      const texts = { 'a.ts': a, 'b.ts': "import { a } from './a.js';" };
      expect(among(texts, 'values')).toEqual([]);
      expect(among(texts, 'values and types')).toEqual(['a.ts → b.ts → a.ts']);
    },
  );

  it('finds a cycle through several files, and one that does not begin at the first', () => {
    const texts = { 'a.ts': "import './x/b.js';", 'x/b.ts': "import './c.js';", 'x/c.ts': "import './b.js';" };
    expect(among(texts, 'values')).toEqual(['x/b.ts → x/c.ts → x/b.ts']);
  });

  it('finds none in a lattice', () => {
    const texts = { 'a.ts': "import './b.js';\nimport './c.js';", 'b.ts': "import './c.js';", 'c.ts': '' };
    expect(among(texts, 'values')).toEqual([]);
  });
});
