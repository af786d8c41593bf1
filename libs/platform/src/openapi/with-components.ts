export interface WithComponents<Document> {
  readonly document: Document;
  readonly components: Readonly<Record<string, object>>;
}

/**
 * Takes everything that has a name under `key` out of a document, and leaves a reference to it: so each stands once, among the components
 * of its kind.
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
    // A schema's member may be called as the key is: its value is no name.
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

/** What stands under these is data, whatever its members are called. */
const DATA: ReadonlySet<string> = new Set(['example', 'enum', 'const']);
