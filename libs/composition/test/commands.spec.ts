import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { authorityMatrix, canReuseKey, NoBody, takesKey, type AnyCommandSet } from '@onedoor/engine';
import { ROLES } from '@onedoor/kernel';
import { bodyOf, routesOfContext } from '@onedoor/platform';
import { parse } from 'yaml';
import { CONTEXTS } from '../src/contexts.js';

interface Operation {
  readonly 'x-roles'?: readonly string[];
  readonly summary: string;
  readonly parameters?: readonly { readonly name: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> };
}

const { paths } = parse(readFileSync(join(import.meta.dirname, '../../../docs/openapi.yaml'), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

/** The operation that the interface's description has for a route such as `POST /api/v1/cases/:reference/assign`. */
function operationOf(route: string): Operation | undefined {
  const [method = '', path = ''] = route.split(' ');
  return paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
}

const sets = CONTEXTS.flatMap(({ name, aggregates }) =>
  aggregates.map(({ of, commands }) => ({ name: `${name}: ${of.category}`, set: commands })),
);
const definitionsOf = ({ commands }: AnyCommandSet) => Object.entries(commands);
const definitions = sets.flatMap(({ name, set }) =>
  definitionsOf(set).map(([key, definition]) => ({ title: `${name}: ${key}`, key, definition, set })),
);
const routed = definitions.filter(({ definition }) => definition.roles.length > 0);

const CODE = /^[A-Z]+(_[A-Z]+)*$/;

describe('the commands of every aggregate', () => {
  it('are found', () => {
    expect(sets.filter(({ set }) => definitionsOf(set).length === 0)).toEqual([]);
    expect(routed.length).toBeGreaterThan(10);
  });

  it.each(sets)('of $name are each under its own name', ({ set }) => {
    const all = definitionsOf(set);
    expect(all.map(([key]) => key)).toEqual(all.map(([, { name }]) => name));
    expect(set.missing.code).toMatch(/_UNKNOWN$/);
  });

  it.each(definitions)('$title says what it does, who may ask, and how it is refused', ({ key, definition, set }) => {
    expect([definition.name, definition.type, definition.summary]).toEqual([
      expect.stringMatching(/^[a-z][a-zA-Z-]*$/),
      expect.stringMatching(/^[A-Z][a-zA-Z]+$/),
      expect.stringMatching(/^[A-Z].+[^.]$/),
    ]);
    expect(definition.roles.filter((role, index, all) => !ROLES.includes(role) || all.indexOf(role) !== index)).toEqual([]);
    const codes = [...Object.entries(set.statuses), ...Object.entries(definition.refusals ?? {})];
    expect(codes.filter(([code, status]) => !CODE.test(code) || status < 400 || status > 499)).toEqual([]);
    expect(set.refusalsOf(key).filter((code) => !CODE.test(code))).toEqual([]);
  });

  it.each(routed)('$title takes its own example, and nothing besides its fields', ({ definition: { body, example } }) => {
    const { transform } = bodyOf<object>(body);
    expect({ ...transform(example, { type: 'body' }) }).toMatchObject(example);
    expect(() => transform({ ...(example as object), unheardOf: true }, { type: 'body' })).toThrow('unheardOf: there is no such field');
  });

  it.each(routed)('$title has its routes in the description, for its roles', ({ definition, set }) => {
    const only = { ...set, commands: { [definition.name]: definition } };
    const [[route, roles] = ['', []]] = authorityMatrix(only);
    const operation = operationOf(route);
    expect([route, operation?.summary, operation?.['x-roles']]).toEqual([route, definition.summary, roles]);
    if ((definition.body as unknown) !== NoBody)
      expect(operation?.requestBody?.content['application/json']?.example).toEqual(
        Object.keys(definition.example).length > 0 ? definition.example : undefined,
      );
    if (set.editionOf === undefined || definition.route !== undefined) return;
    for (const bulk of [`POST /${set.path}/bulk/${definition.name}`, `POST /${set.path}/bulk/${definition.name}/preview`])
      expect([bulk, operationOf(bulk)?.['x-roles']]).toEqual([bulk, roles]);
  });
});

describe('an idempotency key', () => {
  const headersOf = (operation?: Operation) => operation?.parameters?.map(({ name }) => name) ?? [];

  it.each(routed)('of $title is described where it is taken, and its refusal where it can come', ({ definition, set }) => {
    const [[route] = ['']] = authorityMatrix({ ...set, commands: { [definition.name]: definition } });
    const operation = operationOf(route);
    expect(headersOf(operation).includes('Idempotency-Key')).toBe(takesKey(definition));
    expect('422' in (operation?.responses ?? {})).toBe(canReuseKey(definition));
    const preview = operationOf(`POST /${set.path}/bulk/${definition.name}/preview`);
    expect([headersOf(preview).includes('Idempotency-Key'), '422' in (preview?.responses ?? {})]).toEqual([false, false]);
  });
});

describe('the description', () => {
  it('has no other route of a context that changes something, but those that are no command of an aggregate', () => {
    const commands = sets.flatMap(({ set }) => [
      ...authorityMatrix(set).map(([route]) => route),
      ...definitionsOf(set).flatMap(([key]) => [`POST /${set.path}/bulk/${key}`, `POST /${set.path}/bulk/${key}/preview`]),
    ]);
    const others = CONTEXTS.flatMap(routesOfContext)
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => !route.startsWith('GET ') && !commands.includes(route));
    expect(others.sort()).toEqual(['DELETE /api/v1/sessions/current', 'POST /api/v1/sessions', 'POST /open311/v2/requests.:format']);
  });
});
