import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../lint/snippet.js';
import type { Check } from './check.js';
import { groupsOf } from './proxy.js';
import { ROUTES } from './routes.js';
import { SERVICES } from './services.js';

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** The interface as clients are told of it, and not as the code has it. */
const { paths, components } = parse(readFileSync(join(ROOT, 'docs/openapi.yaml'), 'utf8')) as Description;

// By path: the testkit depends on no platform.
const limits = '../../../platform/src/edge/body-limit.js';
const { bodyLimitOf } = (await import(limits)) as { bodyLimitOf(schema: object): number };

/** Each path of the description fits one row of the table at most, and leads to the service that answers it. */
export const eachPathHasOneEntry: Check = ({ table }) => {
  const rows = groupsOf(table, /^ *~(?<pattern>\S+) +(?<service>\w+);$/gm);
  const otherwise = groupsOf(table, /^ *default +(?<service>\w+);$/gm);
  return [
    ...(otherwise.length === 1 ? [] : [`the table has ${otherwise.length} defaults`]),
    ...Object.keys(paths).flatMap((described) => {
      const path = described.replaceAll(/\{[^}]+\}/g, 'x');
      const fitting = rows.filter(({ pattern }) => new RegExp(pattern ?? '').test(path));
      const [service = ''] = (fitting.length === 0 ? otherwise : fitting).map((row) => row['service']);
      return [
        ...(fitting.length > 1 ? [`${described} fits ${fitting.length} rows of the table`] : []),
        ...(ownersOf(path).every((owner) => owner === null || owner === service)
          ? []
          : [`${described} is answered elsewhere than at ${service}`]),
      ];
    }),
  ];
};

/** The services that answer a path; null stands for every process, and for what a demonstration adds. */
function ownersOf(path: string): readonly (string | null)[] {
  const contexts = ROUTES.filter((route) => route.path === path).map(({ context }) => context);
  return contexts.map((context) => SERVICES.find((service) => service.contexts.some(({ name }) => name === context))?.name ?? null);
}

/** At most one location of nginx's fits a path beside the general one, so that their order says nothing. */
export const eachPathHasOneLocation: Check = ({ proxy }) => {
  const locations = groupsOf(proxy, /location (?<kind>\^~|~) (?<path>\S+) \{/g);
  const general = groupsOf(proxy, /location (?<path>\/) \{/g);
  return [
    ...(general.length === 1 ? [] : [`there are ${general.length} locations for everything else`]),
    ...Object.keys(paths).flatMap((described) => {
      const path = described.replaceAll(/\{[^}]+\}/g, 'x');
      const fitting = locations.filter((each) =>
        each['kind'] === '~' ? new RegExp(each['path'] ?? '').test(path) : path.startsWith(each['path'] ?? ''),
      );
      return fitting.length > 1 ? [`${described} fits ${fitting.length} locations`] : [];
    }),
  ];
};

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 * 1024 };

/** The proxy lets the largest body pass that a route takes: it is the service that refuses a larger one, in its own form. */
export const bodiesPass: Check = ({ proxy }) => {
  const [{ number = '0', unit = '' } = {}] = groupsOf(proxy, /client_max_body_size (?<number>\d+)(?<unit>[km]?);/g);
  const passes = Number(number) * (UNITS[unit] ?? 0);
  const bodies = Object.entries(paths).flatMap(([path, operations]) =>
    Object.values(operations).flatMap(({ requestBody }) =>
      Object.values(requestBody?.content ?? {}).map(({ schema }) => ({ path, bytes: bodyLimitOf(resolved(schema) as object) })),
    ),
  );
  return [
    ...(bodies.length > 0 ? [] : ['no body is described']),
    ...bodies
      .filter(({ bytes }) => bytes >= passes)
      .map(({ path, bytes }) => `${path} takes ${bytes} bytes, and the proxy passes ${passes}`),
  ];
};

/** A schema with what it refers to in its place. Bodies refer to nothing that holds them. */
function resolved(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(resolved);
  const { $ref } = value as { readonly $ref?: string };
  if ($ref !== undefined) return resolved(components.schemas[$ref.slice('#/components/schemas/'.length)]);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolved(inner)]));
}

/** Blocks that are closed, and directives that end: what nginx refuses to start with. */
export const configurationIsWhole: Check = ({ proxy, table }) => {
  const text = `${proxy}\n${table}`.replaceAll(/(^|\s)#[^\n]*/g, '$1').replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
  let depth = 0;
  const problems: string[] = [];
  for (const [whole, directive = '', end = ''] of text.matchAll(/([^;{}]*)([;{}]|$)/g)) {
    if (whole === '') continue;
    if (end === '{') depth += 1;
    if (end === '}') depth -= 1;
    if (depth < 0) problems.push('a block is closed that is not open');
    if (end === '' || end === '}' ? directive.trim() !== '' : directive.trim() === '') problems.push(`does not end: ${directive.trim()}`);
    if (end === ';' && directive.trim().includes('\n')) problems.push(`runs over lines: ${directive.trim().split('\n')[0]}`);
  }
  return depth === 0 ? problems : [...problems, `${depth} blocks are not closed`];
};
