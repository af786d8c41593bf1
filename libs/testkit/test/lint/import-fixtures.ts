import type { Fixture } from './snippet.js';

/** From a file: an import that is refused, and one that passes. Both are written as re-exports, so that nothing is unused. */
type Row = readonly [what: string, filePath: string, refused: string, passes: string];

const LAYERS: readonly Row[] = [
  ['the kernel imports nothing', 'libs/kernel/src/x.ts', "{ Executor } from '@onedoor/engine'", "{ accept } from './decision.js'"],
  ['sla imports the kernel only', 'libs/sla/src/x.ts', "{ CASE_CLOSED } from '@onedoor/contracts'", "{ assert } from '@onedoor/kernel'"],
  ['contracts import the kernel only', 'libs/contracts/src/x.ts', "{ explain } from '@onedoor/sla'", "{ assert } from '@onedoor/kernel'"],
  [
    'the engine imports kernel and contracts',
    'libs/engine/src/x.ts',
    "{ explain } from '@onedoor/sla'",
    "{ CASE_CLOSED } from '@onedoor/contracts'",
  ],
  [
    'adapters import kernel and engine',
    'libs/adapters/src/x.ts',
    "{ CASE_CLOSED } from '@onedoor/contracts'",
    "{ assert } from '@onedoor/kernel'",
  ],
  [
    'the platform does not import adapters',
    'libs/platform/src/x.ts',
    "{ openMemory } from '@onedoor/adapters'",
    "{ Executor } from '@onedoor/engine'",
  ],
  [
    'a context does not import another',
    'libs/intake/src/x.service.ts',
    "{ ROUTING } from '@onedoor/routing'",
    "{ PORTS } from '@onedoor/platform'",
  ],
  [
    'a context does not import adapters',
    'libs/routing/src/x.service.ts',
    "{ openMemory } from '@onedoor/adapters'",
    "{ Executor } from '@onedoor/engine'",
  ],
  [
    'no source imports the testkit',
    'libs/adapters/src/x.ts',
    "{ vaultContract } from '@onedoor/testkit'",
    "{ Erased } from '@onedoor/engine'",
  ],
  [
    'audit imports kernel and engine',
    'libs/audit/src/x.service.ts',
    "{ Catalog } from '@onedoor/intake'",
    "{ Executor } from '@onedoor/engine'",
  ],
  [
    'the composition does not import apps',
    'libs/composition/src/x.ts',
    "{ main } from '@onedoor/cli'",
    "{ openMemory } from '@onedoor/adapters'",
  ],
  [
    'the composition does not import the demonstration',
    'libs/composition/src/x.ts',
    "{ RIVERBEND } from '@onedoor/demo'",
    "{ openMemory } from '@onedoor/adapters'",
  ],
  ['pages draw what they are given', 'libs/ui/src/x.ts', "{ INTAKE } from '@onedoor/intake'", "{ assert } from '@onedoor/kernel'"],
  [
    'the demonstration imports contexts and the composition, but no app',
    'libs/demo/src/x.ts',
    "{ main } from '@onedoor/cli'",
    "{ foundCity } from '@onedoor/composition'",
  ],
  [
    'an app does not import another',
    'apps/standalone/src/x.ts',
    "{ main } from '@onedoor/cli'",
    "{ foundCity } from '@onedoor/composition'",
  ],
  [
    'the testkit imports kernel and engine',
    'libs/testkit/src/x.ts',
    "{ Catalog } from '@onedoor/intake'",
    "{ Executor } from '@onedoor/engine'",
  ],
  [
    'a test imports the testkit, but no further layer',
    'libs/engine/src/x.spec.ts',
    "{ Catalog } from '@onedoor/intake'",
    "{ vaultContract } from '@onedoor/testkit'",
  ],
  [
    'no path leads into another workspace',
    'libs/sla/src/x.ts',
    "{ assert } from '../../kernel/src/guarantees.js'",
    "{ assert } from '@onedoor/kernel'",
  ],
];

const ROLES: readonly Row[] = [
  [
    'a pure file does not know the machinery',
    'libs/routing/src/case/x.ts',
    "{ Executor } from '@onedoor/engine'",
    "type { Aggregate } from '@onedoor/engine'",
  ],
  [
    'a pure file knows no platform',
    'libs/routing/src/case/x.ts',
    "type { Ports } from '@onedoor/platform'",
    "{ explain } from '@onedoor/sla'",
  ],
  [
    'a pure file imports no package',
    'libs/intake/src/request/x.ts',
    "{ Injectable } from '@nestjs/common'",
    "{ assert } from '@onedoor/kernel'",
  ],
  [
    'a pure file imports no node builtin',
    'libs/intake/src/request/x.ts',
    "{ hash } from 'node:crypto'",
    "{ canonicalJson } from '@onedoor/kernel'",
  ],
  [
    'a command imports no framework',
    'libs/routing/src/case/commands/x.ts',
    "{ Injectable } from '@nestjs/common'",
    "{ IsIn } from 'class-validator'",
  ],
];

/** Within a context: by the role of a file's name, and by the order of its slices. */
const REACH: readonly Row[] = [
  [
    'a pure file reaches no service',
    'libs/routing/src/case/x.ts',
    "{ Policies } from './policies.service.js'",
    "{ TRANSITIONS } from './status.js'",
  ],
  [
    'a pure file reaches no type of a service',
    'libs/routing/src/case/x.ts',
    "type { Policies } from './policies.service.js'",
    "type { Case } from './state.js'",
  ],
  ['a pure file reaches no command', 'libs/routing/src/case/x.ts', "{ x } from './commands/index.js'", "{ evolve } from './evolve.js'"],
  [
    'a command takes types of services',
    'libs/routing/src/case/commands/x.ts',
    "{ Policies } from '../policies.service.js'",
    "type { Policies } from '../policies.service.js'",
  ],
  ['a command knows no decider', 'libs/routing/src/case/commands/x.ts', "{ x } from '../decider.js'", "type { Case } from '../state.js'"],
];

const SLICES: readonly Row[] = [
  [
    'a slice does not know what stands on it',
    'libs/routing/src/case/x.service.ts',
    "{ WorkRing } from '../work/work-ring.js'",
    "{ termsInForce } from '../agreement/decider.js'",
  ],
  [
    'slices side by side do not know each other',
    'libs/routing/src/rules/x.ts',
    "{ x } from '../agreement/decider.js'",
    "{ x } from './decider.js'",
  ],
];

const PORTS: readonly Row[] = [
  [
    'a port does not know the engine',
    'libs/engine/src/ports/x.ts',
    "{ Executor } from '../executor.js'",
    "{ Unavailable } from './failures.js'",
  ],
  [
    'a port imports no node builtin',
    'libs/engine/src/ports/x.ts',
    "{ hash } from 'node:crypto'",
    "type { PublicEvent } from '@onedoor/contracts'",
  ],
];

const PACKAGES: readonly Row[] = [
  ['the kernel imports no package', 'libs/kernel/src/x.ts', "{ of } from 'rxjs'", "{ accept } from './decision.js'"],
  ['sla imports no node builtin', 'libs/sla/src/x.ts', "{ readFileSync } from 'node:fs'", "{ assert } from '@onedoor/kernel'"],
  ['contracts import no package', 'libs/contracts/src/x.ts', "{ IsString } from 'class-validator'", "{ assert } from '@onedoor/kernel'"],
  ['the engine reads no file', 'libs/engine/src/x.ts', "{ readFileSync } from 'node:fs'", "{ hash } from 'node:crypto'"],
  [
    'the engine takes hashing from node:crypto, not chance',
    'libs/engine/src/x.ts',
    "{ randomUUID } from 'node:crypto'",
    "{ createHash } from 'node:crypto'",
  ],
  [
    'adapters take errors and types from the engine, not machinery',
    'libs/adapters/src/x.ts',
    "{ Executor } from '@onedoor/engine'",
    "{ Unavailable, type Executor } from '@onedoor/engine'",
  ],
  ['adapters import no framework', 'libs/adapters/src/x.ts', "{ of } from 'rxjs'", "{ readFileSync } from 'node:fs'"],
  ['a driver stays in its folder', 'libs/adapters/src/shared/x.ts', "{ DatabaseSync } from 'node:sqlite'", "{ join } from 'node:path'"],
  ['a folder has one driver', 'libs/adapters/src/kafka/x.ts', "{ connect } from 'mongoose'", "{ Kafka } from 'kafkajs'"],
  ['the platform opens no database', 'libs/platform/src/x.ts', "{ DatabaseSync } from 'node:sqlite'", "{ fastify } from 'fastify'"],
  ['a context opens no file', 'libs/intake/src/x.service.ts', "{ readFileSync } from 'node:fs'", "{ Injectable } from '@nestjs/common'"],
  ['only the access context signs sessions', 'libs/routing/src/x.service.ts', "{ SignJWT } from 'jose'", "{ hash } from 'node:crypto'"],
  ['the access context opens no file', 'libs/access/src/x.service.ts', "{ readFileSync } from 'node:fs'", "{ SignJWT } from 'jose'"],
  ['a context has no driver', 'libs/routing/src/x.service.ts', "{ Kafka } from 'kafkajs'", "{ hash } from 'node:crypto'"],
  ['pages import no framework', 'libs/ui/src/x.ts', "{ Injectable } from '@nestjs/common'", "{ hash } from 'node:crypto'"],
  ['the demonstration opens no file', 'libs/demo/src/x.ts', "{ readFileSync } from 'node:fs'", "{ Module } from '@nestjs/common'"],
  ['the composition draws no page', 'libs/composition/src/x.ts', "{ Fragment } from 'react'", "{ Module } from '@nestjs/common'"],
  ['the composition has no driver of its own', 'libs/composition/src/x.ts', "{ Kafka } from 'kafkajs'", "{ Module } from '@nestjs/common'"],
  [
    'only specs open one context alone',
    'libs/intake/src/x.service.ts',
    "{ openContext } from '@onedoor/platform/testing'",
    "{ PORTS } from '@onedoor/platform'",
  ],
  [
    'a workspace is entered by its front door',
    'libs/sla/src/x.ts',
    "{ assert } from '@onedoor/kernel/src/guarantees.js'",
    "{ assert } from '@onedoor/kernel'",
  ],
];

const rows = (ruleId: string, rule: string, table: readonly Row[]): Fixture[] =>
  table.map(([what, filePath, refused, passes]) => ({
    what,
    ruleId,
    says: `Rule "${rule}"`,
    refused: { filePath, code: `export ${refused};\n` },
    passes: { filePath, code: `export ${passes};\n` },
  }));

const asType: Fixture = {
  what: 'a pure file knows no foreign type',
  ruleId: 'onedoor/imports',
  says: 'Rule "file roles"',
  refused: { filePath: 'libs/intake/src/request/x.ts', code: "export type X = import('@onedoor/platform').Ports;\n" },
  passes: { filePath: 'libs/intake/src/request/x.ts', code: "export type X = import('@onedoor/kernel').Instant;\n" },
};

const atRunTime: Fixture = {
  what: 'a pure file loads nothing at run time',
  ruleId: 'onedoor/imports',
  says: 'Rule "file roles"',
  refused: { filePath: 'libs/intake/src/request/x.ts', code: 'export const load = (name: string): unknown => import(name);\n' },
  passes: { filePath: 'libs/intake/src/request/x.ts', code: "export const load = (): unknown => import('@onedoor/kernel');\n" },
};

export const IMPORT_FIXTURES: readonly Fixture[] = [
  ...rows('@nx/enforce-module-boundaries', 'layers', LAYERS),
  ...rows('onedoor/imports', 'file roles', ROLES),
  ...rows('onedoor/roles', 'file roles', REACH),
  ...rows('onedoor/roles', 'slices', SLICES),
  ...rows('onedoor/imports', 'ports', PORTS),
  ...rows('onedoor/imports', 'npm per layer', PACKAGES),
  asType,
  atRunTime,
];
