// What the code may do, as far as a machine can see it. libs/testkit/test/lint-rules.spec.ts shows each rule refusing something.
import js from '@eslint/js';
import { createProjectGraphAsync } from '@nx/devkit';
import tseslint from 'typescript-eslint';
import { IMPORT_ZONES } from './scripts/lint/import-zones.mjs';
import { importsRule } from './scripts/lint/imports-rule.mjs';
import { LAYERS, LAYERS_IN_TESTS, layersPlugin } from './scripts/lint/layers.mjs';
import { IMPORTS, PROPERTIES, PURE_GLOBALS, PURE_PROPERTIES, PURE_SYNTAX, SYNTAX } from './scripts/lint/restrictions.mjs';
import { WITH_ROLES } from './scripts/lint/roles.mjs';
import { rolesRule } from './scripts/lint/roles-rule.mjs';
import { CONTEXTS, PURE, ROOT, sourceOf, TESTS } from './scripts/lint/workspaces.mjs';

// The rule of Nx skips itself without a word where its graph of the workspaces is missing, and trusts one that is old. Nx makes
// a fresh one before its own tasks; everywhere else it is made here.
if (process.env.NX_TASK_TARGET_PROJECT === undefined) {
  process.env.NX_DAEMON ??= 'false';
  await createProjectGraphAsync();
}

const CODE = ['{libs,apps}/**/*.{ts,tsx}'];
const SOURCE = ['{libs,apps}/*/src/**/*.{ts,tsx}'];
const TYPES_WITH_PROMISES = [
  'type:engine',
  'type:adapters',
  'type:platform',
  'type:context',
  'type:audit',
  'type:composition',
  'type:demo',
  'type:app',
  'type:trials',
];
const NODE_GLOBALS = [
  'AbortController',
  'Buffer',
  'URL',
  'clearTimeout',
  'console',
  'fetch',
  'performance',
  'process',
  'setInterval',
  'setTimeout',
  'structuredClone',
];

export default [
  { ignores: ['**/dist/**', '**/coverage/**', '**/.nx/**', '**/node_modules/**', 'data/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: { '@nx': layersPlugin(), onedoor: { rules: { imports: importsRule, roles: rolesRule } } },
    languageOptions: { globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, 'readonly'])) },
    rules: {
      eqeqeq: 'error',
      // An argument or a rest sibling that is named to be left out begins with an underscore.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: CODE,
    rules: {
      '@nx/enforce-module-boundaries': LAYERS,
      'no-restricted-imports': IMPORTS,
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  { files: SOURCE, rules: { 'no-restricted-properties': PROPERTIES, 'no-restricted-syntax': SYNTAX } },
  ...IMPORT_ZONES.filter(({ files }) => files.length > 0).map(({ files, ignores = [], ...zone }) => ({
    files,
    ignores: [...TESTS, ...ignores],
    rules: { 'onedoor/imports': ['error', zone] },
  })),
  ...CONTEXTS.map(({ folder, slices }) => ({
    files: [`${folder}/src/**`],
    ignores: TESTS,
    rules: { 'onedoor/roles': ['error', { slices }] },
  })),
  ...[
    { files: PURE, ignores: TESTS },
    { files: sourceOf(['type:context', 'type:audit']), ignores: [...TESTS, ...WITH_ROLES] },
  ].map((pure) => ({
    ...pure,
    rules: { 'no-restricted-globals': PURE_GLOBALS, 'no-restricted-properties': PURE_PROPERTIES, 'no-restricted-syntax': PURE_SYNTAX },
  })),
  { files: ['libs/platform/src/config/**', 'apps/*/src/**/main.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: TESTS, rules: { '@nx/enforce-module-boundaries': LAYERS_IN_TESTS, 'no-restricted-properties': 'off' } },
  {
    // An answer that is not awaited is a lost write or a lost error. Only these two rules need types, which is most of the time that
    // lint takes: so one program for all workspaces, and only where there are promises.
    files: sourceOf(TYPES_WITH_PROMISES),
    languageOptions: { parserOptions: { project: ['tsconfig.json'], tsconfigRootDir: ROOT } },
    rules: { '@typescript-eslint/no-floating-promises': 'error', '@typescript-eslint/no-misused-promises': 'error' },
  },
];
