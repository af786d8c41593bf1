import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DescribedInterface, type OpenApiDocument } from '../src/described-interface.js';
import { ROUTES } from './deployment/routes.js';
import { ROOT } from './lint/snippet.js';

interface Operation {
  readonly operationId: string;
  readonly tags?: readonly string[];
  readonly summary: string;
  readonly security: readonly object[];
  readonly 'x-roles'?: readonly string[];
  readonly 'x-operators'?: true;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly responses: Readonly<Record<string, { readonly $ref?: string }>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<'schemas' | 'responses', Readonly<Record<string, object>>>>;
}

/** Loaded by path: the testkit stands on no composition and no demonstration. */
const composition = '../../composition/src/index.js';
const demo = '../../demo/src/hooks.js';
const { CONTEXTS, productOpenApi } = (await import(composition)) as {
  readonly CONTEXTS: readonly object[];
  productOpenApi(contexts: readonly object[], hooks: object): Promise<object>;
};
const { DEMO_HOOKS } = (await import(demo)) as { readonly DEMO_HOOKS: object };

const text = readFileSync(join(ROOT, 'docs/openapi.yaml'), 'utf8');
const document = parse(text) as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
);

/** Everything in the document that is an object, with where it stands. */
function* objectsIn(
  value: unknown,
  at: readonly string[] = [],
): Generator<readonly [at: readonly string[], found: Readonly<Record<string, unknown>>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [at, value as Readonly<Record<string, unknown>>];
  for (const [name, inner] of Object.entries(value)) yield* objectsIn(inner, [...at, name]);
}
const objects = [...objectsIn(document)];
const references = objects.flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []));

describe('docs/openapi.yaml', () => {
  it('is what `npm run docs` writes', async () => {
    expect(document).toEqual(JSON.parse(JSON.stringify(await productOpenApi(CONTEXTS, DEMO_HOOKS))));
    expect(document.openapi).toBe('3.1.0');
  });

  it('means the same to readers of YAML 1.1, who take bare instants for dates', () => {
    expect(parse(text, { version: '1.1' })).toEqual(document);
  });

  it('has every route that a context or every process declares, and else the controls of the demonstration', () => {
    const described = operations.map(({ path, method }) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, 'x')}`);
    const declared = ROUTES.map(({ method, path }) => `${method} ${path}`);
    expect(declared.length).toBeGreaterThan(20);
    expect([...described].sort()).toEqual([...declared, 'POST /demo/drip/pause', 'POST /demo/drip/resume'].sort());
  });

  it('describes each operation: a name of its own, a heading, a sentence, an answer, who may call it', () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    const poor = operations.filter(
      ({ tags, summary, responses }) =>
        tags?.length !== 1 || !/^[A-Z].+/.test(summary) || !Object.keys(responses).some((status) => /^[23]/.test(status)),
    );
    expect(poor.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    const isForAll = (operation: Operation): boolean => operation['x-roles'] === undefined && operation['x-operators'] !== true;
    const unclear = operations.filter((operation) => (operation.security.length === 0) !== isForAll(operation));
    expect(unclear.map(({ operationId }) => operationId)).toEqual([]);
    expect(operations.filter((operation) => operation['x-roles']?.length === 0)).toEqual([]);
  });

  it('has each parameter of a path, and requires it', () => {
    for (const { path, parameters = [] } of operations) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path' && parameter.required).map(({ name }) => name);
      expect([path, inPath]).toEqual([path, [...path.matchAll(/\{(?<name>\w+)\}/g)].map(({ groups }) => groups?.['name'])]);
    }
  });

  it('refers to nothing that is not in it, and has no component that nothing refers to', () => {
    const found = (reference: string): unknown =>
      reference
        .slice(2)
        .split('/')
        .reduce<unknown>((at, step) => (at as Readonly<Record<string, unknown>> | undefined)?.[step], document);
    expect(references.length).toBeGreaterThan(operations.length);
    expect(references.filter((reference) => !reference.startsWith('#/') || found(reference) === undefined)).toEqual([]);
    const components = Object.entries(document.components).flatMap(([kind, named]) =>
      kind === 'securitySchemes' ? [] : Object.keys(named).map((name) => `#/components/${kind}/${name}`),
    );
    expect(components.filter((component) => !references.includes(component))).toEqual([]);
  });

  it('has schemas that are schemas, and examples that they accept', () => {
    const withSchema = objects.filter(([at, { schema }]) => typeof schema === 'object' && !at.includes('schemas'));
    const examples = withSchema.filter(([, found]) => 'example' in found);
    expect(examples.length).toBeGreaterThan(5);
    const described = new DescribedInterface(document as unknown as OpenApiDocument);
    for (const [at, { schema, example }] of withSchema) {
      const validate = described.validatorOf(schema as object);
      if (example !== undefined) expect([at, validate(example), validate.errors]).toEqual([at, true, null]);
    }
  });
});
