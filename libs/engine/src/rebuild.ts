import { createHash } from 'node:crypto';
import { canonicalJson } from '@onedoor/kernel';
import { buildBeside } from './build-beside.js';
import { applyPage } from './fold-documents.js';
import { followed } from './followed.js';
import type { Position } from './ports/event-store.js';
import type { Collection, ReadModels } from './ports/read-models.js';
import type { Projection } from './projection.js';
import type { LogPorts } from './read-backoff.js';
import { checkpointOf, type ProjectorPorts } from './worker.js';

/** Much larger than a live page: no request waits behind it, and a document that changes often is written once a page. */
const REBUILD_PAGE_EVENTS = 8_192;

interface Rebuilt {
  /** Events that the projection handled. */
  readonly events: number;
  /** Events that were read. */
  readonly read: number;
  readonly position: Position | null;
}

/**
 * Builds a projection from the first event beside the live one, then replaces the live one. Throws `Fenced` where another process
 * began a rebuild later.
 */
export function rebuild(projection: Projection, ports: ProjectorPorts, signal: AbortSignal): Promise<Rebuilt> {
  return buildBeside({
    live: [projection.collection],
    checkpoint: checkpointOf(projection),
    ports,
    build: ([staged = projection.collection], reaching) => foldFromStart(projection, staged, ports, ports.readModels, signal, reaching),
  });
}

/**
 * Folds the whole log, up to its present end, into a collection of any read models. `reaching` is a position that is known to be
 * in the log: a fold that ends before it is incomplete and is continued.
 */
export async function foldFromStart(
  projection: Projection,
  target: Collection,
  ports: LogPorts,
  readModels: ReadModels,
  signal: AbortSignal,
  reaching: Position | null = null,
): Promise<Rebuilt> {
  let events = 0;
  let read = 0;
  let position: Position | null = null;
  const { categories } = projection;
  for await (const next of followed(ports, { after: null, categories, pageSize: REBUILD_PAGE_EVENTS, signal, reaching })) {
    if (next.kind === 'caught-up') break;
    events += await applyPage(projection, target, next.events, readModels, ports.alarm);
    read += next.events.length;
    position = next.position;
  }
  return { events, read, position };
}

export interface CollectionHash {
  readonly hash: string;
  readonly documents: number;
}

/** SHA-256 over a collection's documents in the order of their ids, each as canonical JSON: equal hashes mean equal documents. */
export async function hashCollection(readModels: ReadModels, collection: Collection): Promise<CollectionHash> {
  const sum = createHash('sha256');
  let documents = 0;
  for await (const page of readModels.scan(collection)) {
    for (const { id, position, body } of page) sum.update(`${canonicalJson({ id, position, body })}\n`);
    documents += page.length;
  }
  return { hash: sum.digest('hex'), documents };
}
