export interface WithComponents<Document> {
  readonly document: Document;
  readonly components: Readonly<Record<string, object>>;
}

/**
 * Moves every object that has a name under `key` out of a document into the components of its kind, and puts a reference in its place: so
 * each is written once.
 */
export function withComponents<Document extends object>(
  kind: 'schemas' | 'responses',
  key: string,
  document: Document,
): WithComponents<Document> {
  const components = new Map<string, object>();
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const { [key]: name, ...rest } = Object.fromEntries(
      Object.entries(value).map(([member, inner]) => [member, DATA.has(member) ? inner : visit(inner)]),
    );
    // A schema may have a member of the same name as the key: then its value is a schema, not a name.
    if (typeof name !== 'string') return name === undefined ? rest : { [key]: name, ...rest };
    const known = components.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(rest)) throw new Error(`Two different ${kind} are called ${name}`);
    components.set(name, rest);
    return { $ref: `#/components/${kind}/${name}` };
  };
  return {
    document: visit(document) as Document,
    components: Object.fromEntries([...components].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}

/** Members whose values are data: no member within them is a name. */
const DATA: ReadonlySet<string> = new Set(['example', 'enum', 'const']);
