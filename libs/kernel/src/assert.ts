/** States what our own code guarantees. A failure is our bug, never the user's: bad input is refused as a value long before. */
export function assert(condition: unknown, guarantee: string): asserts condition {
  if (!condition) throw new Error(`Broken guarantee: ${guarantee}`);
}

/** The end of an exhaustive switch: the compiler proves that nothing reaches it. */
export function assertNever(value: never): never {
  throw new Error(`Broken guarantee: every kind is handled, yet here is ${JSON.stringify(value)}`);
}
