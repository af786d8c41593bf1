import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMAND_ROUTES, commandTypes, type CommandBodies } from '@onedoor/contracts';
import { parse } from 'yaml';
import { ROOT } from './lint/snippet.js';

const document = parse(readFileSync(join(ROOT, 'docs/openapi.yaml'), 'utf8')) as { readonly paths: Readonly<Record<string, object>> };
const written = readFileSync(join(ROOT, 'libs/contracts/src/commands.generated.ts'), 'utf8');

/** Layout is Prettier's business. */
const bare = (code: string): string => code.replaceAll(/[\s;,()|]+/g, '');

describe('the types of commands', () => {
  it('are what `npm run docs` writes', () => {
    expect(bare(written)).toBe(bare(commandTypes(document)));
  });

  it('name every command that has a route, and its own route', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods as Readonly<Record<string, { readonly 'x-command'?: string }>>).map(([method, operation]) => ({
        path,
        method,
        ...operation,
      })),
    );
    const commands = operations.filter((operation) => operation['x-command'] !== undefined);
    expect(commands.length).toBeGreaterThan(15);
    expect(Object.keys(COMMAND_ROUTES).sort()).toEqual(commands.map((command) => command['x-command']).sort());
    for (const { path, method, 'x-command': name } of commands) {
      expect(COMMAND_ROUTES[name as keyof CommandBodies]).toMatchObject({ path, method: method.toUpperCase() });
    }
  });

  it('hold what is sent to what is taken', () => {
    const assign: CommandBodies['cases/assign'] = { assignee: 'crew-7' };
    // @ts-expect-error A command without its members is none.
    const empty: CommandBodies['cases/assign'] = {};
    const accept: CommandBodies['cases/accept'] = null;
    expect([assign, empty, accept]).toHaveLength(3);
  });

  it('follow the document: what it no longer has is gone, and what is new is there', () => {
    const operation = {
      'x-command': 'things/do',
      'x-roles': ['router'],
      requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
    };
    const thing = {
      type: 'object',
      required: ['a'],
      properties: { a: { type: ['integer', 'null'] }, 'b-c': { type: 'array', items: { enum: ['x', 'y'] } } },
    };
    const types = commandTypes({ paths: { '/things/{id}/do': { post: operation } }, components: { schemas: { Thing: thing } } });
    expect(types).toContain("readonly 'things/do': Thing;");
    expect(types).toContain(`export type Thing = { readonly a: number | null; readonly 'b-c'?: readonly ('x' | 'y')[]; };`);
    expect(types).toContain("'things/do': { method: 'POST', path: '/things/{id}/do', roles: ['router'], isOnEdition: false }");
    expect(types).not.toContain('cases/assign');
  });
});
