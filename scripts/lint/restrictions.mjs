// Names that lint refuses: impure globals in the core, the environment outside of one place, and events that are not awaited.

const PURE =
  'Rule "pure core": time, chance and surroundings come in as inputs, so that a replay gives the same answer. ' +
  'Take it from the event, the command or a port.';
const ENVIRONMENT =
  'Rule "one reader of the environment": only libs/platform/src/config and the main.ts of an app read process.env, ' +
  'so that every setting is checked and listed in one place.';
const NAMED = 'Rule "named exports": a thing has one name, the same where it is made and where it is used.';
const AWAITED =
  'Rule "awaited facts": only commands and queries of @nestjs/cqrs. Its events are handed on without being awaited and their ' +
  'errors are dropped; a fact goes to the event store and from there to relay and projectors.';

const TIMERS = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'];

/** Options of no-restricted-globals: the globals that read the surroundings, and the objects that hold all globals. */
export const PURE_GLOBALS = [
  'error',
  ...[...TIMERS, 'process', 'console', 'performance', 'fetch', 'crypto', 'globalThis', 'global'].map((name) => ({ name, message: PURE })),
];

const ENVIRONMENT_PROPERTY = { object: 'process', property: 'env', message: ENVIRONMENT };

/** Options of no-restricted-properties. */
export const PROPERTIES = ['error', ENVIRONMENT_PROPERTY];
export const PURE_PROPERTIES = [
  'error',
  ENVIRONMENT_PROPERTY,
  ...[
    ['Date', 'now'],
    ['Math', 'random'],
    ['Temporal', 'Now'],
    ['AbortSignal', 'timeout'],
  ].map(([object, property]) => ({ object, property, message: PURE })),
];

const DEFAULT_EXPORTS = [
  { selector: 'ExportDefaultDeclaration', message: NAMED },
  { selector: "ExportSpecifier[exported.name='default']", message: NAMED },
];
const PRESENT_INSTANT = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: PURE },
  { selector: "CallExpression[callee.name='Date']", message: PURE },
];

/** Options of no-restricted-syntax. */
export const SYNTAX = ['error', ...DEFAULT_EXPORTS];
export const PURE_SYNTAX = ['error', ...DEFAULT_EXPORTS, ...PRESENT_INSTANT];

const COMMANDS_AND_QUERIES = [
  'Command',
  'CommandBus',
  'CommandHandler',
  'ICommand',
  'ICommandHandler',
  'Query',
  'QueryBus',
  'QueryHandler',
  'IQuery',
  'IQueryHandler',
  'CqrsModule',
];

/** Options of no-restricted-imports. */
export const IMPORTS = [
  'error',
  {
    paths: [
      { name: '@nestjs/cqrs', allowImportNames: COMMANDS_AND_QUERIES, message: AWAITED },
      ...['process', 'node:process'].map((name) => ({ name, message: ENVIRONMENT })),
    ],
  },
];
