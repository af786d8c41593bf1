/**
 * A map that holds values of at most `capacity` in sum and evicts approximately the least recently used. `weigh` says what a value counts,
 * such as its bytes; 1 when absent, so that the capacity is a number of entries. It keeps two generations instead of an exact order: an
 * entry read while the younger generation fills is kept, and the older generation is dropped as a whole.
 */
export class BoundedCache<Key, Value> {
  private young = new Map<Key, Value>();
  private old = new Map<Key, Value>();
  private youngWeight = 0;
  private oldWeight = 0;
  private readonly generation: number;

  constructor(
    capacity: number,
    private readonly weigh: (value: Value) => number = () => 1,
  ) {
    this.generation = Math.max(1, Math.floor(capacity / 2));
  }

  /** What its values count in sum. One that is in both generations counts twice, until the older one is dropped. */
  get weight(): number {
    return this.youngWeight + this.oldWeight;
  }

  get(key: Key): Value | undefined {
    const young = this.young.get(key);
    if (young !== undefined) return young;
    const value = this.old.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    const before = this.young.get(key);
    const added = this.weigh(value) - (before === undefined ? 0 : this.weigh(before));
    if (this.young.size > 0 && this.youngWeight + added > this.generation) {
      this.old = this.young;
      this.oldWeight = this.youngWeight;
      this.young = new Map();
      this.youngWeight = 0;
    }
    this.youngWeight += this.young.has(key) ? added : this.weigh(value);
    this.young.set(key, value);
  }

  delete(key: Key): void {
    const [young, old] = [this.young.get(key), this.old.get(key)];
    if (young !== undefined) this.youngWeight -= this.weigh(young);
    if (old !== undefined) this.oldWeight -= this.weigh(old);
    this.young.delete(key);
    this.old.delete(key);
  }
}
