/** JSON with sorted keys and no `undefined`: equal values give equal text, so their hashes may be compared. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
    return `{${fields.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** A list whose order means nothing, in one order: two that hold the same give equal canonical JSON. */
export const unordered = <Item>(items: readonly Item[]): readonly Item[] => {
  const byText = items.map((item) => [canonicalJson(item), item] as const);
  return byText.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)).map(([, item]) => item);
};

/** The fields of a JSON object, to be checked one by one; null for any other value. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : null;
