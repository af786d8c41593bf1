/** The bounds that more than one part must agree on; units come last in their names. */
export const LIMITS = {
  /** Events that one command may append at once. */
  eventsPerAppend: 64,
  /** Events that one stream may hold; far above any real case, low enough that folding it stays instant. */
  eventsPerStream: 10_000,
  /** Times a command is tried again after losing a race. */
  commandAttempts: 8,
  /** Characters of an Open311 description (GeoReport v2, POST service request). */
  descriptionCharacters: 4_000,
  /** Bytes of a request body that carries no file. */
  bodyBytes: 256 * 1024,
  /** Rows of one page of any listing. */
  pageRows: 1_000,
} as const;

/** States what our own code guarantees. A failure is our bug, never the user's: bad input is refused as a value long before. */
export function assert(condition: unknown, guarantee: string): asserts condition {
  if (!condition) throw new Error(`Broken guarantee: ${guarantee}`);
}

/** The end of an exhaustive switch: the compiler proves that nothing reaches it. */
export function assertNever(value: never): never {
  throw new Error(`Broken guarantee: every kind is handled, yet here is ${JSON.stringify(value)}`);
}
