// Which workspace may import which, by the `type:*` tags of their package.json.
import nx from '@nx/eslint-plugin';
import { FOLDERS_BY_TYPE } from './workspaces.mjs';

const CONTEXTS_AND_BELOW = ['type:kernel', 'type:domain', 'type:contracts', 'type:engine', 'type:platform', 'type:context', 'type:audit'];
const APP_AND_BELOW = [...CONTEXTS_AND_BELOW, 'type:adapters', 'type:composition', 'type:demo'];

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
  'type:audit': ['type:kernel', 'type:domain', 'type:engine', 'type:platform'],
  'type:testkit': ['type:kernel', 'type:contracts', 'type:engine'],
  'type:composition': [...CONTEXTS_AND_BELOW, 'type:adapters'],
  // A demonstration is something that apps add: the composition does not know it.
  'type:demo': [...CONTEXTS_AND_BELOW, 'type:ui', 'type:composition'],
  'type:app': APP_AND_BELOW,
  // Trials put the product under load and faults, on doubles of its engines; they are no part of what is deployed.
  'type:trials': [...APP_AND_BELOW, 'type:testkit'],
};

for (const type of FOLDERS_BY_TYPE.keys()) {
  if (!(type in MAY_IMPORT)) throw new Error(`No layer is named ${type}: scripts/lint/layers.mjs says what each may import`);
}

/** The testkit and the adapters import the kernel and the engine, whose tests import them: no such cycle is in the product. */
const CYCLES_THROUGH_TESTS = [
  ['kernel', 'testkit'],
  ['engine', 'testkit'],
  ['engine', 'adapters'],
];

const boundaries = (alsoAllowed) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    ignoredCircularDependencies: CYCLES_THROUGH_TESTS,
    depConstraints: Object.entries(MAY_IMPORT).map(([sourceTag, tags]) => ({
      sourceTag,
      onlyDependOnLibsWithTags: [...tags, ...alsoAllowed],
    })),
  },
];

export const LAYERS = boundaries([]);
export const LAYERS_IN_TESTS = boundaries(['type:testkit', 'type:adapters']);

const WHY =
  'Layers point one way, so that the core can be read, tested and replayed without what surrounds it ' +
  '(the table is in scripts/lint/layers.mjs).';

/** Nx's own rule, with the name and the reason of ours in each of its messages. */
export function layersPlugin() {
  const rule = nx.rules['enforce-module-boundaries'];
  const messages = Object.fromEntries(Object.entries(rule.meta.messages).map(([id, text]) => [id, `Rule "layers": ${text}. ${WHY}`]));
  return { rules: { 'enforce-module-boundaries': { ...rule, meta: { ...rule.meta, messages } } } };
}
