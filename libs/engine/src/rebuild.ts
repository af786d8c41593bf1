import { applyPage } from './apply-page.js';
import type { Checkpoints } from './ports/checkpoints.js';
import type { Position } from './ports/event-store.js';
import { Fenced } from './ports/failures.js';
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

/**
 * Builds a projection from the first event beside the live one, then puts it in the live one's place.
 *
 * Several processes may begin the same at once. Each builds in a place of its own, and only the one that began last may promote;
 * the others stop as `Fenced`. The checkpoint is forgotten before the promotion and set after it: whoever is interrupted in
 * between leaves a log to be handled anew, which changes nothing where it was handled before, and never a gap.
 */
export async function rebuild(projection: Projection, ports: ProjectorPorts, signal: AbortSignal): Promise<Rebuilt> {
  const { readModels, checkpoints } = ports;
  const live = projection.collection;
  const turn = await takeTurn(live.name, checkpoints);
  const empty = { ...live, name: `${live.name}_empty` };
  // The one before may have been interrupted and left documents behind; so may one with this very number, in a log that was since replaced.
  for (const number of [turn.number - 1, turn.number]) await readModels.promote(empty, stagedOf(live, number));
  const built = await foldFromStart(projection, stagedOf(live, turn.number), ports, readModels, signal);
  await moveTo(checkpointOf(projection), null, checkpoints);
  await turn.check();
  await readModels.promote(stagedOf(live, turn.number), live);
  await turn.check();
  await moveTo(checkpointOf(projection), built.position, checkpoints);
  return built;
}

/** Folds the whole log, up to its present end, into a collection of any read models. */
export async function foldFromStart(
  projection: Projection,
  target: Collection,
  ports: Pick<ProjectorPorts, 'store' | 'alarm'>,
  readModels: ReadModels,
  signal: AbortSignal,
): Promise<Rebuilt> {
  let events = 0;
  let read = 0;
  let position: Position | null = null;
  const { categories } = projection;
  for await (const next of ports.store.subscribe({ after: null, categories, pageSize: REBUILD_PAGE_EVENTS, signal })) {
    if (next.kind === 'caught-up') break;
    events += await applyPage(projection, target, next.events, readModels, ports.alarm);
    read += next.events.length;
    position = next.position;
  }
  return { events, read, position };
}

const stagedOf = (live: Collection, number: number): Collection => ({ ...live, name: `${live.name}_next_${number}` });

interface Turn {
  readonly number: number;
  /** Throws `Fenced` once a later one has begun. */
  check(): Promise<void>;
}

/** Numbers the rebuilds of a collection, across all processes. */
async function takeTurn(name: string, checkpoints: Checkpoints): Promise<Turn> {
  const counter = `rebuild:${name}`;
  for (;;) {
    const before = await checkpoints.load(counter);
    const number = Number(before ?? 0) + 1;
    if (!(await checkpoints.advance(counter, before, String(number)))) continue;
    return {
      number,
      async check() {
        if ((await checkpoints.load(counter)) !== String(number)) throw new Fenced(`A later rebuild of ${name} has begun`);
      },
    };
  }
}

/** Sets a checkpoint, whoever else moves it meanwhile. */
async function moveTo(name: string, to: Position | null, checkpoints: Checkpoints): Promise<void> {
  for (;;) {
    const from = await checkpoints.load(name);
    if (from === to || (await checkpoints.advance(name, from, to))) return;
  }
}
