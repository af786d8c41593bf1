/** Everything is bounded. The bounds that more than one part must agree on stand here, units last in their names. */
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
