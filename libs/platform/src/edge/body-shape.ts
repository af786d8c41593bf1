/** The bounds of every body, whatever it is for: far above any described one, and low enough that reading on stays cheap. */
export const SHAPE = {
  /** How deep objects and lists stand within one another. The recursive readers would exhaust the stack at some depth. */
  levels: 16,
  /** Fields of one object, and fields of one form. Validators look each name up among all others. */
  fields: 200,
  /** Values in all: the largest described list of objects has about this many. */
  values: 30_000,
} as const;

/** What is wrong with a parsed body as a whole, before any rule of its fields is asked; null where nothing is. Stops at the bound. */
export function shapeProblem(body: unknown): string | null {
  const open: { readonly value: unknown; readonly level: number }[] = [{ value: body, level: 0 }];
  let values = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, level } = next;
    if (++values > SHAPE.values) return `body: must hold at most ${SHAPE.values} values`;
    if (typeof value !== 'object' || value === null) continue;
    if (level === SHAPE.levels) return `body: must not nest deeper than ${SHAPE.levels} levels`;
    const names = Array.isArray(value) ? [] : Object.keys(value);
    if (names.length > SHAPE.fields) return `body: no object may have more than ${SHAPE.fields} fields`;
    const inner: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    if (values + open.length + inner.length > SHAPE.values) return `body: must hold at most ${SHAPE.values} values`;
    for (const each of inner) open.push({ value: each, level: level + 1 });
  }
  return null;
}
