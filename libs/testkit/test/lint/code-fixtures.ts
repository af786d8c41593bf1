import type { Fixture } from './snippet.js';

/** Everywhere that only computes. */
const PURE_FILES = [
  'libs/kernel/src/x.ts',
  'libs/sla/src/x.ts',
  'libs/engine/src/x.ts',
  'libs/intake/src/request/x.ts',
  'libs/routing/src/case/x.ts',
  'libs/routing/src/case/publish.ts',
  'libs/audit/src/reading/x.ts',
];

const IMPURE: readonly (readonly [ruleId: string, code: string])[] = [
  ['no-restricted-properties', 'Date.now()'],
  ['no-restricted-properties', 'Math.random()'],
  ['no-restricted-properties', 'Temporal.Now.instant()'],
  ['no-restricted-properties', 'AbortSignal.timeout(1)'],
  ['no-restricted-syntax', 'new Date()'],
  ['no-restricted-syntax', 'Date()'],
  ['no-restricted-globals', 'crypto.randomUUID()'],
  ['no-restricted-globals', 'globalThis.Date.now()'],
  ['no-restricted-globals', 'setTimeout(String, 1)'],
  ['no-restricted-globals', 'setInterval(String, 1)'],
  ['no-restricted-globals', 'setImmediate(String)'],
  ['no-restricted-globals', 'queueMicrotask(String)'],
  ['no-restricted-globals', 'process.pid'],
  ['no-restricted-globals', 'console.log(1)'],
  ['no-restricted-globals', 'performance.now()'],
  ['no-restricted-globals', "fetch('http://127.0.0.1')"],
];

const value = (code: string): string => `export const value = (): unknown => ${code};\n`;

const pure = (filePath: string, ruleId: string, code: string): Fixture => ({
  what: `no ${code} in ${filePath}`,
  ruleId,
  says: 'Rule "pure core"',
  refused: { filePath, code: value(code) },
  passes: { filePath, code: value('new Date(0).toISOString()') },
});

const PURITY: readonly Fixture[] = [
  ...PURE_FILES.map((filePath) => pure(filePath, 'no-restricted-properties', 'Date.now()')),
  ...PURE_FILES.map((filePath) => pure(filePath, 'no-restricted-syntax', 'new Date()')),
  ...PURE_FILES.map((filePath) => pure(filePath, 'no-restricted-globals', 'process.pid')),
  ...IMPURE.map(([ruleId, code]) => pure('libs/kernel/src/x.ts', ruleId, code)),
  {
    what: 'a test of the core may measure time',
    ruleId: 'no-restricted-globals',
    says: 'Rule "pure core"',
    refused: { filePath: 'libs/sla/src/x.ts', code: value('performance.now()') },
    passes: { filePath: 'libs/sla/src/x.spec.ts', code: value('performance.now()') },
  },
];

const UNAWAITED = [
  'EventBus',
  'Saga',
  'AggregateRoot',
  'EventPublisher',
  'EventsHandler',
  'IEventHandler',
  'ofType',
  'UnhandledExceptionBus',
];

const FACTS: readonly Fixture[] = [
  'libs/intake/src/x.service.ts',
  'libs/platform/src/x.ts',
  'apps/cli/src/x.ts',
  'libs/routing/src/x.spec.ts',
].flatMap((filePath) =>
  UNAWAITED.map((name) => ({
    what: `no ${name} in ${filePath}`,
    ruleId: 'no-restricted-imports',
    says: 'Rule "awaited facts"',
    refused: { filePath, code: `export { ${name} } from '@nestjs/cqrs';\n` },
    passes: { filePath, code: "export { CommandBus, CommandHandler, CqrsModule, QueryBus, type ICommandHandler } from '@nestjs/cqrs';\n" },
  })),
);

const SETTING = value("process.env['PORT']");

const environment = (what: string, ruleId: string, filePath: string, code: string, allowedIn: string): Fixture => ({
  what,
  ruleId,
  says: 'Rule "one reader of the environment"',
  refused: { filePath, code },
  passes: { filePath: allowedIn, code: SETTING },
});

const ENVIRONMENT: readonly Fixture[] = [
  environment(
    'a context is given its settings',
    'no-restricted-properties',
    'libs/intake/src/x.service.ts',
    SETTING,
    'libs/platform/src/config/x.ts',
  ),
  environment(
    'the platform reads settings in one folder',
    'no-restricted-properties',
    'libs/platform/src/http/x.ts',
    SETTING,
    'libs/platform/src/config/x.ts',
  ),
  environment(
    'an app reads the environment in main.ts only',
    'no-restricted-properties',
    'apps/cli/src/x.ts',
    value('({ ...process.env })'),
    'apps/standalone/src/main.ts',
  ),
  environment(
    'taking it apart is reading it',
    'no-restricted-properties',
    'libs/adapters/src/x.ts',
    'export const { env } = process;\n',
    'libs/adapters/test/x.ts',
  ),
  environment(
    'importing it is reading it',
    'no-restricted-imports',
    'libs/platform/src/x.ts',
    "export { env } from 'node:process';\n",
    'libs/platform/src/x.spec.ts',
  ),
];

/** The rules of others, in their words. */
const general = (
  what: string,
  ruleId: string,
  says: string,
  refused: string,
  passes: string,
  filePath = 'libs/platform/src/x.ts',
): Fixture => ({
  what,
  ruleId,
  says,
  refused: { filePath, code: refused },
  passes: { filePath, code: passes },
});

const withTypes = (...[what, ruleId, says, refused, passes]: Parameters<typeof general>): Fixture => {
  const existing = { filePath: 'libs/engine/src/index.ts', needsTypes: true } as const;
  return { what, ruleId, says, refused: { ...existing, code: refused }, passes: { ...existing, code: passes } };
};

const GENERAL: readonly Fixture[] = [
  general('no any', '@typescript-eslint/no-explicit-any', 'any', 'export let x: any;\n', 'export let x: unknown;\n'),
  general(
    'no non-null assertion',
    '@typescript-eslint/no-non-null-assertion',
    'non-null assertion',
    'export const f = (x?: string) => x!;\n',
    'export const f = (x?: string) => x;\n',
  ),
  general('===, not ==', 'eqeqeq', '===', 'export const f = (x: string) => x == null;\n', 'export const f = (x: string) => x === null;\n'),
  general('nothing unused', '@typescript-eslint/no-unused-vars', 'never used', 'const x = 1;\n', 'export const x = 1;\n'),
  general('no default export', 'no-restricted-syntax', 'Rule "named exports"', 'export default 1;\n', 'export const x = 1;\n'),
  general(
    'no default export in the core',
    'no-restricted-syntax',
    'Rule "named exports"',
    'export default 1;\n',
    'export const x = 1;\n',
    'libs/kernel/src/x.ts',
  ),
  general(
    'no export by the name default',
    'no-restricted-syntax',
    'Rule "named exports"',
    'const x = 1;\nexport { x as default };\n',
    'export const x = 1;\n',
    'apps/cli/src/x.ts',
  ),
  general(
    'no disabling of what does not fire',
    'null',
    'Unused eslint-disable',
    '// eslint-disable-next-line eqeqeq\nexport const x = 1;\n',
    'export const x = 1;\n',
  ),
  withTypes(
    'a promise is awaited',
    '@typescript-eslint/no-floating-promises',
    'awaited',
    'export const f = (g: () => Promise<void>): void => {\n  g();\n};\n',
    'export const f = async (g: () => Promise<void>): Promise<void> => {\n  await g();\n};\n',
  ),
  withTypes(
    'a promise is no condition',
    '@typescript-eslint/no-misused-promises',
    'conditional',
    'export const f = (x: Promise<boolean>): number => (x ? 1 : 2);\n',
    'export const f = async (x: Promise<boolean>): Promise<number> => ((await x) ? 1 : 2);\n',
  ),
];

export const CODE_FIXTURES: readonly Fixture[] = [...PURITY, ...FACTS, ...ENVIRONMENT, ...GENERAL];
