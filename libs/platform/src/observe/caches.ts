/** The caches of this process that are worth showing: each says what it holds, in estimated bytes. */
export class Caches {
  private readonly byName = new Map<string, (() => number)[]>();

  /** Caches of one name are shown as one. */
  register(name: string, bytes: () => number): void {
    this.byName.set(name, [...(this.byName.get(name) ?? []), bytes]);
  }

  /** The bytes of each, by name. */
  bytes(): ReadonlyMap<string, number> {
    return new Map([...this.byName].map(([name, caches]) => [name, caches.reduce((sum, each) => sum + each(), 0)]));
  }
}
