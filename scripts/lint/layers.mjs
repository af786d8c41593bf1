// Which workspace may import which, by the `type:*` tags of their package.json.
import nx from '@nx/eslint-plugin';
import { FOLDERS_BY_TYPE } from './workspaces.mjs';

const MAY_IMPORT = {
  'type:kernel': [],
  'type:domain': ['type:kernel'],
  'type:contracts': ['type:kernel'],
  'type:engine': ['type:kernel', 'type:contracts'],
  'type:adapters': ['type:kernel', 'type:engine'],
  'type:platform': ['type:kernel', 'type:contracts', 'type:engine'],
  'type:ui': ['type:kernel'],
  // No context is in its own list: contexts know each other only by public events.
  'type:context': ['type:kernel', 'type:domain', 'type:contracts', 'type:engine', 'type:platform', 'type:ui'],
  'type:audit': ['type:kernel', 'type:engine', 'type:platform'],
  'type:testkit': ['type:kernel', 'type:contracts', 'type:engine'],
  'type:composition': [
    'type:kernel',
    'type:domain',
    'type:contracts',
    'type:engine',
    'type:adapters',
    'type:platform',
    'type:context',
    'type:audit',
  ],
  // A demonstration is something that apps add: the composition does not know it.
  'type:demo': [
    'type:kernel',
    'type:domain',
    'type:contracts',
    'type:engine',
    'type:platform',
    'type:ui',
    'type:context',
    'type:audit',
    'type:composition',
  ],
  'type:app': [
    'type:kernel',
    'type:domain',
    'type:contracts',
    'type:engine',
    'type:adapters',
    'type:platform',
    'type:context',
    'type:audit',
    'type:composition',
    'type:demo',
  ],
  // Trials put the product under load and faults, on doubles of what it stands on: nobody ships them.
  'type:trials': [
    'type:kernel',
    'type:domain',
    'type:contracts',
    'type:engine',
    'type:adapters',
    'type:platform',
    'type:context',
    'type:audit',
    'type:composition',
    'type:demo',
    'type:testkit',
  ],
};

for (const type of FOLDERS_BY_TYPE.keys()) {
  if (!(type in MAY_IMPORT)) throw new Error(`No layer is named ${type}: scripts/lint/layers.mjs says what each may import`);
}

/** The testkit and the adapters stand on the kernel and the engine, whose own tests use them: cycles of tests only, which cannot reach the product. */
const TESTED_BY_WHAT_STANDS_ON_THEM = [
  ['kernel', 'testkit'],
  ['engine', 'testkit'],
  ['engine', 'adapters'],
];

const boundaries = (alsoAllowed) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    ignoredCircularDependencies: TESTED_BY_WHAT_STANDS_ON_THEM,
    depConstraints: Object.entries(MAY_IMPORT).map(([sourceTag, tags]) => ({
      sourceTag,
      onlyDependOnLibsWithTags: [...tags, ...alsoAllowed],
    })),
  },
];

export const LAYERS = boundaries([]);
export const LAYERS_IN_TESTS = boundaries(['type:testkit', 'type:adapters']);

const WHY =
  'Layers point one way, so that the core can be read, tested and replayed without what surrounds it (the table is in scripts/lint/layers.mjs).';

/** Nx says what is wrong; the reason is added to each of its messages. */
export function layersPlugin() {
  const rule = nx.rules['enforce-module-boundaries'];
  const messages = Object.fromEntries(Object.entries(rule.meta.messages).map(([id, text]) => [id, `Rule "layers": ${text}. ${WHY}`]));
  return { rules: { 'enforce-module-boundaries': { ...rule, meta: { ...rule.meta, messages } } } };
}
