/** What was found: all of it, and the same in a few lines for people. */
export interface Examined {
  readonly document: { readonly problems: readonly string[] } & Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
}
