import {
  type Collection,
  type DocumentBody,
  placeIn,
  type Position,
  type Put,
  type Query,
  type ReadModels,
  type StoredDocument,
} from '@onedoor/engine';
import { checkPromotion, checkQuery, checkVersion, type FieldCondition } from '../shared/preconditions.js';
import { compare, isSame, type Ordered, orderedOf } from '../shared/ordering.js';

const SCAN_PAGE = 500;

interface StandingCollection {
  readonly version: number;
  readonly documents: Map<string, Kept>;
}

interface Kept {
  readonly position: Position;
  /** Null for a tombstone. */
  readonly body: DocumentBody | null;
}

/** Read models in memory: for tests and measurements. Indexes are only checked, never used: every query scans its collection. */
export class MemoryReadModels implements ReadModels {
  readonly #collections = new Map<string, StandingCollection>();

  async get(collection: Collection, ids: readonly string[]): Promise<readonly StoredDocument[]> {
    const documents = this.#collections.get(collection.name)?.documents;
    return [...new Set(ids)].flatMap((id) => stored(id, documents?.get(id)));
  }

  async standing(collection: Collection, ids: readonly string[]): Promise<readonly Put[]> {
    const documents = this.#collections.get(collection.name)?.documents;
    return [...new Set(ids)].flatMap((id) => {
      const kept = documents?.get(id);
      return kept === undefined ? [] : [{ id, ...kept }];
    });
  }

  async find(collection: Collection, query: Query): Promise<readonly StoredDocument[]> {
    checkQuery(collection, query);
    const conditions = Object.entries(query.where ?? {}).map(([field, wanted]) => conditionOf(field, wanted));
    const sortField = query.sort?.field;
    const valueOf = ({ body }: StoredDocument): Ordered => (sortField === undefined ? 0 : (orderedOf(body[sortField]) ?? 0));
    const direction = query.sort?.descending ? -1 : 1;
    const byValueThenId = (one: Keyed, other: Keyed): number => direction * (compare(one.value, other.value) || compare(one.id, other.id));
    const after = query.after && { value: (sortField === undefined ? null : orderedOf(query.after.value)) ?? 0, id: query.after.id };
    return this.#all(collection)
      .filter(({ body }) => conditions.every((isMet) => isMet(body)) && (sortField === undefined || orderedOf(body[sortField]) !== null))
      .map((document) => ({ document, id: document.id, value: valueOf(document) }))
      .filter((keyed) => after === undefined || byValueThenId(keyed, after) > 0)
      .sort(byValueThenId)
      .slice(query.skip ?? 0, (query.skip ?? 0) + query.limit)
      .map(({ document }) => document);
  }

  async apply(collection: Collection, puts: readonly Put[]): Promise<void> {
    const { version, documents } = this.#standing(collection);
    checkVersion(collection.name, collection.version, version);
    for (const { id, position, body } of puts) {
      const standing = documents.get(id);
      if (!standing || placeIn(position) > standing.position) documents.set(id, { position, body });
    }
  }

  async *scan(collection: Collection): AsyncIterable<readonly StoredDocument[]> {
    const sorted = this.#all(collection).sort((one, other) => compare(one.id, other.id));
    for (let start = 0; start < sorted.length; start += SCAN_PAGE) yield sorted.slice(start, start + SCAN_PAGE);
  }

  async servedVersion(name: string): Promise<number | null> {
    return this.#collections.get(name)?.version ?? null;
  }

  async promote(staged: Collection, live: Collection): Promise<void> {
    checkPromotion(staged, live);
    const standing = this.#standing(staged);
    checkVersion(staged.name, live.version, standing.version);
    this.#collections.set(live.name, standing);
    this.#collections.delete(staged.name);
  }

  #standing({ name, version }: Collection): StandingCollection {
    const known = this.#collections.get(name);
    if (known) return known;
    const made = { version, documents: new Map<string, Kept>() };
    this.#collections.set(name, made);
    return made;
  }

  #all(collection: Collection): StoredDocument[] {
    return [...(this.#collections.get(collection.name)?.documents ?? [])].flatMap(([id, kept]) => stored(id, kept));
  }
}

interface Keyed {
  readonly id: string;
  readonly value: Ordered;
}

function conditionOf(field: string, wanted: FieldCondition): (body: DocumentBody) => boolean {
  if (wanted === null || typeof wanted !== 'object') return (body) => isSame(orderedOf(body[field]), wanted);
  if ('in' in wanted) return (body) => wanted.in.some((one) => isSame(orderedOf(body[field]), one));
  const [from, to] = [orderedOf(wanted.from), orderedOf(wanted.to)];
  return (body) => {
    const value = orderedOf(body[field]);
    return value !== null && (from === null || compare(value, from) >= 0) && (to === null || compare(value, to) <= 0);
  };
}

function stored(id: string, kept: Kept | undefined): StoredDocument[] {
  return kept?.body ? [{ id, position: kept.position, body: kept.body }] : [];
}
