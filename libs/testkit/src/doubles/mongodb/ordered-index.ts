import { type Document, valueAt } from './document.js';
import { compareValues } from './order.js';

/** A range of an index: fixed values of its first fields, then bounds of the next one. */
export interface IndexRange {
  readonly values: readonly unknown[];
  readonly lower?: Bound;
  readonly upper?: Bound;
}

export interface Bound {
  readonly value: unknown;
  readonly isIncluded: boolean;
}

interface Entry {
  readonly key: readonly unknown[];
  document: Document;
  isRemoved: boolean;
}

/** Up to so many changes are inserted and removed one by one; more are merged in one pass over the whole index. */
const SINGLE_CHANGES_MAX = 64;

/**
 * Documents in the order of some of their fields. Changes are buffered until the next scan, so that an import pays for sorting once
 * per query and not once per write.
 */
export class OrderedIndex {
  readonly #entries = new Map<string, Entry>();
  #sorted: Entry[] = [];
  #added: Entry[] = [];
  /** Sorted entries that are to be removed. */
  #removed: Entry[] = [];

  constructor(readonly paths: readonly string[]) {}

  put(id: string, document: Document): void {
    const key = this.paths.map((path) => valueAt(document, path) ?? null);
    const former = this.#entries.get(id);
    if (former && compareKeys(former.key, key) === 0) {
      former.document = document;
      return;
    }
    this.remove(id);
    const entry = { key, document, isRemoved: false };
    this.#entries.set(id, entry);
    this.#added.push(entry);
  }

  remove(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.isRemoved = true;
    this.#removed.push(entry);
    this.#entries.delete(id);
  }

  /** The documents of a range in the index's order, or in reverse. */
  *scan({ values, lower, upper }: IndexRange, isBackwards: boolean): Iterable<Document> {
    this.#applyChanges();
    const next = values.length;
    const sorted = this.#sorted;
    const start = firstWhere(sorted, ({ key }) => {
      const byValues = compareKeys(key, values);
      if (byValues !== 0 || !lower) return byValues >= 0;
      const byBound = compareValues(key[next], lower.value);
      return lower.isIncluded ? byBound >= 0 : byBound > 0;
    });
    const end = firstWhere(sorted, ({ key }) => {
      const byValues = compareKeys(key, values);
      if (byValues !== 0 || !upper) return byValues > 0;
      const byBound = compareValues(key[next], upper.value);
      return upper.isIncluded ? byBound > 0 : byBound >= 0;
    });
    for (let offset = 0; offset < end - start; offset++) {
      const entry = sorted[isBackwards ? end - 1 - offset : start + offset];
      if (entry) yield entry.document;
    }
  }

  #applyChanges(): void {
    const added = this.#added.filter(({ isRemoved }) => !isRemoved);
    const removed = this.#removed;
    this.#added = [];
    this.#removed = [];
    if (added.length + removed.length <= SINGLE_CHANGES_MAX) {
      for (const entry of removed) removeEntry(this.#sorted, entry);
      for (const entry of added) this.#sorted.splice(indexOf(this.#sorted, entry), 0, entry);
      return;
    }
    const kept = removed.length > 0 ? this.#sorted.filter(({ isRemoved }) => !isRemoved) : this.#sorted;
    this.#sorted = merged(
      kept,
      added.sort((one, other) => compareKeys(one.key, other.key)),
    );
  }
}

const indexOf = (entries: readonly Entry[], { key }: Entry): number => firstWhere(entries, (entry) => compareKeys(entry.key, key) >= 0);

/** An entry that was added and removed between two scans was never sorted in. */
function removeEntry(entries: Entry[], entry: Entry): void {
  for (let place = indexOf(entries, entry); place < entries.length; place++) {
    const candidate = entries[place];
    if (candidate === entry) return void entries.splice(place, 1);
    if (candidate && compareKeys(candidate.key, entry.key) !== 0) return;
  }
}

/** Compares by the fields that both keys have. */
function compareKeys(one: readonly unknown[], other: readonly unknown[]): number {
  const length = Math.min(one.length, other.length);
  for (let place = 0; place < length; place++) {
    const order = compareValues(one[place], other[place]);
    if (order !== 0) return order;
  }
  return 0;
}

/** Binary search for the first entry of which the predicate holds. */
function firstWhere(entries: readonly Entry[], isAtOrAfter: (entry: Entry) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry && !isAtOrAfter(entry)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function merged(one: readonly Entry[], other: readonly Entry[]): Entry[] {
  const all: Entry[] = [];
  let next = 0;
  for (const entry of one) {
    for (let added = other[next]; added && compareKeys(added.key, entry.key) < 0; added = other[++next]) all.push(added);
    all.push(entry);
  }
  return [...all, ...other.slice(next)];
}
