import { type Document, valueAt } from './document.js';
import { compareValues } from './order.js';

/** A stretch of an index: fixed values of its first fields, then bounds of the next one. */
export interface Stretch {
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
  isGone: boolean;
}

/** Up to so many changes are put in their places one by one; more are merged in, which walks the whole index once. */
const FEW = 64;

/**
 * Documents in the order of some of their fields. Changes are only noted and sorted in when somebody asks next, so that an
 * import pays for sorting once a question and not once a write.
 */
export class OrderedIndex {
  readonly #entries = new Map<string, Entry>();
  #sorted: Entry[] = [];
  #added: Entry[] = [];
  /** Entries in the order that must leave it. */
  #gone: Entry[] = [];

  constructor(readonly paths: readonly string[]) {}

  put(id: string, document: Document): void {
    const key = this.paths.map((path) => valueAt(document, path) ?? null);
    const former = this.#entries.get(id);
    if (former && compareKeys(former.key, key) === 0) {
      former.document = document;
      return;
    }
    this.remove(id);
    const entry = { key, document, isGone: false };
    this.#entries.set(id, entry);
    this.#added.push(entry);
  }

  remove(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.isGone = true;
    this.#gone.push(entry);
    this.#entries.delete(id);
  }

  /** The documents of a stretch in the index's order, or against it. */
  *walk({ values, lower, upper }: Stretch, isBackwards: boolean): Iterable<Document> {
    this.#settle();
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

  #settle(): void {
    const added = this.#added.filter(({ isGone }) => !isGone);
    const gone = this.#gone;
    this.#added = [];
    this.#gone = [];
    if (added.length + gone.length <= FEW) {
      for (const entry of gone) takeOut(this.#sorted, entry);
      for (const entry of added) this.#sorted.splice(placeOf(this.#sorted, entry), 0, entry);
      return;
    }
    const kept = gone.length > 0 ? this.#sorted.filter(({ isGone }) => !isGone) : this.#sorted;
    this.#sorted = merged(
      kept,
      added.sort((one, other) => compareKeys(one.key, other.key)),
    );
  }
}

const placeOf = (entries: readonly Entry[], { key }: Entry): number => firstWhere(entries, (entry) => compareKeys(entry.key, key) >= 0);

/** An entry that came and went between two questions is not there. */
function takeOut(entries: Entry[], entry: Entry): void {
  for (let place = placeOf(entries, entry); place < entries.length; place++) {
    const standing = entries[place];
    if (standing === entry) return void entries.splice(place, 1);
    if (standing && compareKeys(standing.key, entry.key) !== 0) return;
  }
}

/** By the fields that both have. */
function compareKeys(one: readonly unknown[], other: readonly unknown[]): number {
  const length = Math.min(one.length, other.length);
  for (let place = 0; place < length; place++) {
    const order = compareValues(one[place], other[place]);
    if (order !== 0) return order;
  }
  return 0;
}

function firstWhere(entries: readonly Entry[], isReached: (entry: Entry) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry && !isReached(entry)) low = middle + 1;
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
