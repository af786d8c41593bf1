/** The part of an OpenAPI document that commands are read from. */
interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, DescribedSchema>> };
}

interface DescribedOperation {
  /** Which command the route is, as in `cases/assign`; absent where it is none. */
  readonly 'x-command'?: string;
  readonly 'x-roles'?: readonly string[];
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: DescribedSchema }>> };
}

interface DescribedSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: DescribedSchema;
  readonly properties?: Readonly<Record<string, DescribedSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | DescribedSchema;
  readonly allOf?: readonly DescribedSchema[];
  readonly anyOf?: readonly DescribedSchema[];
  readonly oneOf?: readonly DescribedSchema[];
}

const HEAD = `// Made by \`npm run docs\` from docs/openapi.yaml: the commands that clients may send, by their names. Not to be edited.
`;

/** TypeScript types of all commands that have a route: their names, what each takes, and how it is sent. */
export function commandTypes(document: object): string {
  const { paths, components } = document as Described;
  const commands = Object.entries(paths)
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })))
    .flatMap(({ path, method, operation }) =>
      operation['x-command'] === undefined ? [] : [{ name: operation['x-command'], path, method, operation }],
    )
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const named = new Map<string, string>();
  const bodies = commands.map(({ name, operation }) => {
    const schema = operation.requestBody?.content['application/json']?.schema;
    const body = schema === undefined ? 'null' : typeOf(schema, components.schemas, named);
    return `  /** ${operation.summary ?? name}. */\n  readonly '${name}': ${body};`;
  });
  const routes = commands.map(({ name, path, method, operation }) => {
    const isOnEdition = operation.parameters?.some((parameter) => parameter.in === 'header' && parameter.name === 'If-Match') === true;
    const roles = (operation['x-roles'] ?? []).map((role) => `'${role}'`).join(', ');
    return `  '${name}': { method: '${method.toUpperCase()}', path: '${path}', roles: [${roles}], isOnEdition: ${isOnEdition} },`;
  });
  return [
    HEAD,
    ...[...named].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, text]) => `export type ${name} = ${text};\n`),
    `/** What each command takes; null: nothing. */\nexport interface CommandBodies {\n${bodies.join('\n')}\n}\n`,
    'export type CommandName = keyof CommandBodies;\n',
    `/** How each is sent: \`isOnEdition\`, with the ETag of what was read as \`If-Match\`. */\n` +
      `export const COMMAND_ROUTES = {\n${routes.join('\n')}\n} as const satisfies Readonly<Record<CommandName, object>>;\n`,
  ].join('\n');
}

const REFERENCE = /^#\/components\/schemas\/(\w+)$/;

function typeOf(schema: DescribedSchema, schemas: Described['components']['schemas'], named: Map<string, string>): string {
  const inner = (each: DescribedSchema): string => typeOf(each, schemas, named);
  if (schema.$ref !== undefined) {
    const name = REFERENCE.exec(schema.$ref)?.[1] ?? 'unknown';
    const found = schemas[name];
    if (found === undefined) return 'unknown';
    if (!named.has(name)) {
      // Known before it is written out: a schema may lead back to itself.
      named.set(name, 'unknown');
      named.set(name, inner(found));
    }
    return name;
  }
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map(inner).join(' | ');
  if (schema.allOf !== undefined) return schema.allOf.map((each) => `(${inner(each)})`).join(' & ');
  const types = [schema.type ?? 'unknown'].flat();
  return types.map((type) => typeNamed(type, schema, inner)).join(' | ');
}

function typeNamed(type: string, schema: DescribedSchema, inner: (schema: DescribedSchema) => string): string {
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'array') return `readonly (${schema.items === undefined ? 'unknown' : inner(schema.items)})[]`;
  if (type !== 'object') return type;
  const { properties = {}, required = [], additionalProperties } = schema;
  const members = Object.entries(properties).map(
    ([name, member]) => `readonly ${keyOf(name)}${required.includes(name) ? '' : '?'}: ${inner(member)};`,
  );
  if (members.length > 0) return `{ ${members.join(' ')} }`;
  return `Readonly<Record<string, ${typeof additionalProperties === 'object' ? inner(additionalProperties) : 'unknown'}>>`;
}

const keyOf = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`);

const literal = (value: unknown): string => (typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : JSON.stringify(value));
