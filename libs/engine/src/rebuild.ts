import { applyPage } from './apply-page.js';
import { buildBeside } from './build-beside.js';
import { followed } from './followed.js';
import type { LogPorts } from './patience.js';
import type { Position } from './ports/event-store.js';
import type { Collection, ReadModels } from './ports/read-models.js';
import type { Projection } from './projection.js';
import { checkpointOf, type ProjectorPorts } from './projector-ports.js';

/** Much larger than a live page: nobody waits behind it, and a document that changes often is then written once. */
const REBUILD_PAGE_EVENTS = 8_192;

export interface Rebuilt {
  /** Events that the projection handled. */
  readonly events: number;
  /** Events that were read. */
  readonly read: number;
  readonly position: Position | null;
}

/** Builds a projection from the first event beside the live one, then puts it in the live one's place. Throws `Fenced` where another process began later. */
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
 * in the log: no fold that ends before it is taken for one of the whole.
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
