// What each folder may import, general zones first: a later zone replaces an earlier one for the files it names.
// `@onedoor/*` leaves it to layers.mjs which workspace may import which.
import { WITH_ROLES } from './roles.mjs';
import { sourceOf } from './workspaces.mjs';

const WORKSPACES = '@onedoor/*';
const NEST = ['@nestjs/*', 'class-validator', 'class-transformer', 'rxjs', 'rxjs/*'];
const PAGES = ['react', 'react/*', 'react-dom/*'];

/** The deterministic functions of node:crypto. */
const HASHING = { from: 'node:crypto', values: ['createHash', 'createHmac', 'hash', 'timingSafeEqual'] };

/** The values that the ports define for their implementers: errors, and the parsing of stream names. */
const PORTS = {
  from: '@onedoor/engine',
  values: [
    'Unavailable',
    'Misconfigured',
    'DamagedStream',
    'DamagedLog',
    'DamagedKey',
    'VoidPosition',
    'Erased',
    'Fenced',
    'categoryOf',
    'placeIn',
  ],
};

/** Types only: those of projections, reactions and aggregates. */
const TYPES_OF_ENGINE = { from: '@onedoor/engine', values: [] };

/** Each driver belongs to one folder of the adapters. */
const DRIVERS = {
  sqlite: ['node:sqlite'],
  eventstoredb: ['@eventstore/db-client', '@eventstore/db-client/generated/*', '@grpc/grpc-js'],
  kafka: ['kafkajs'],
  mongo: ['mongoose'],
  mail: ['nodemailer'],
};
const EVERY_DRIVER = Object.values(DRIVERS).flat();

const BARE = {
  rule: 'npm per layer',
  why: 'It imports no package and no node builtin, so that it runs anywhere and only ever computes.',
  may: [WORKSPACES],
};
const ADAPTERS = {
  rule: 'npm per layer',
  zone: 'an adapter',
  why:
    'It implements ports with node builtins, and a driver only in the folder named after it; ' +
    'a change of machinery or driver stays in one place.',
  may: ['@onedoor/kernel', PORTS, 'node:*'],
  // A worker thread is handed the module it runs.
  mayCompute: true,
};

export const IMPORT_ZONES = [
  { files: sourceOf(['type:kernel']), ...BARE, zone: 'the kernel' },
  { files: sourceOf(['type:domain']), ...BARE, zone: 'a domain library' },
  { files: sourceOf(['type:contracts']), ...BARE, zone: 'contracts' },
  {
    files: sourceOf(['type:engine']),
    rule: 'npm per layer',
    zone: 'the engine',
    why: 'It drives everything through its ports; of node it needs hashing only, never randomness.',
    may: [WORKSPACES, HASHING],
  },
  {
    files: sourceOf(['type:engine'], 'ports/**'),
    rule: 'ports',
    zone: 'a port',
    why: 'It is what engine and adapters agree on, so it knows neither: only @onedoor/kernel, @onedoor/contracts and other ports.',
    may: ['@onedoor/kernel', '@onedoor/contracts'],
    within: 'src/ports',
  },
  { files: sourceOf(['type:adapters']), ...ADAPTERS, mayNot: EVERY_DRIVER },
  ...Object.entries(DRIVERS).map(([folder, drivers]) => ({
    files: sourceOf(['type:adapters'], `${folder}/**`),
    ...ADAPTERS,
    may: [...ADAPTERS.may, ...drivers],
    mayNot: EVERY_DRIVER.filter((other) => !drivers.includes(other)),
  })),
  {
    files: sourceOf(['type:platform']),
    rule: 'npm per layer',
    zone: 'the platform',
    why: 'It holds Nest, HTTP, logs and figures; a store or a broker comes through a port.',
    may: [WORKSPACES, ...NEST, 'reflect-metadata', 'fastify', '@fastify/*', 'pino', 'prom-client', '@opentelemetry/*', 'node:*'],
    mayNot: DRIVERS.sqlite,
  },
  {
    files: sourceOf(['type:ui']),
    rule: 'npm per layer',
    zone: 'the frame of pages',
    why: 'It only draws; of node it needs hashing, to name its style in the policy of a page.',
    may: ['@onedoor/kernel', ...PAGES, HASHING],
  },
  {
    files: sourceOf(['type:context', 'type:audit']),
    rule: 'npm per layer',
    zone: 'a context',
    why: 'Its app speaks Nest and React; files, sockets and stores come through ports.',
    may: [WORKSPACES, ...NEST, ...PAGES, 'node:crypto'],
  },
  {
    files: ['libs/access/src/**'],
    rule: 'npm per layer',
    zone: 'the access context',
    why: 'It signs sessions with jose, and no other context does: who may come in is told in one place.',
    may: [WORKSPACES, ...NEST, 'jose', 'node:crypto'],
  },
  {
    files: ['libs/analytics/src/**'],
    rule: 'npm per layer',
    zone: 'the analytics context',
    why: 'It hands figures out as CSV, as no other context does.',
    may: [WORKSPACES, ...NEST, 'csv-stringify/sync', 'node:crypto'],
  },
  {
    files: sourceOf(['type:context', 'type:audit']),
    ignores: WITH_ROLES,
    rule: 'file roles',
    zone: 'a pure file of a context',
    why: 'It is what the city decided, and is replayed: only @onedoor/kernel, @onedoor/sla, @onedoor/contracts, and types of the engine.',
    may: ['@onedoor/kernel', '@onedoor/sla', '@onedoor/contracts', TYPES_OF_ENGINE],
  },
  {
    files: sourceOf(['type:context', 'type:audit'], '**/commands/**'),
    rule: 'file roles',
    zone: 'a definition of a command',
    why: "It says what a command takes and needs; Nest and the stores are the platform's business.",
    may: [WORKSPACES, 'class-validator', 'class-transformer'],
  },
  {
    files: sourceOf(['type:composition']),
    rule: 'npm per layer',
    zone: 'the composition',
    why: 'It only puts contexts, platform and adapters together.',
    may: [WORKSPACES, '@nestjs/*', '@fastify/*', 'pino', 'node:*'],
    mayNot: DRIVERS.sqlite,
  },
  {
    files: sourceOf(['type:demo']),
    rule: 'npm per layer',
    zone: 'the demonstration',
    why: 'It plays a city through the contexts, and adds to the first page; it opens no store.',
    may: [WORKSPACES, '@nestjs/common', '@nestjs/core', ...PAGES, 'node:async_hooks', HASHING],
  },
];
