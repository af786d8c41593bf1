/** The load generator's own record of acknowledged requests, with which the log is compared later. */
export class Ledger {
  private readonly references = new Map<string, string>();
  /** Retries that were answered with another reference than the first attempt. */
  private contradictions = 0;

  get size(): number {
    return this.references.size;
  }

  get contradicted(): number {
    return this.contradictions;
  }

  /** Records that the server acknowledged the request of a key. */
  acknowledge(key: string, reference: string): void {
    const earlier = this.references.get(key);
    if (earlier === undefined) this.references.set(key, reference);
    else if (earlier !== reference) this.contradictions += 1;
  }

  all(): readonly string[] {
    return [...this.references.values()];
  }

  /** Some keys that were acknowledged, the oldest first. */
  someKeys(count: number): readonly string[] {
    return [...this.references.keys()].slice(0, count);
  }
}
