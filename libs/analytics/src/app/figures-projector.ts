import { buildBeside, checkpointOf, Fenced, type Position, type ProjectorPorts, type ReadModels, type RunOptions } from '@onedoor/engine';
import { FiguresBook, type FiguresTarget } from './figures-book.js';
import { CONTRIBUTIONS, FIGURES, LEAVES } from './projections/figures.js';

/** Small enough that a page never holds up a request for long. */
const LIVE_PAGE_EVENTS = 1_024;
/** Many events share their leaves, so a large page sums each of them once: where nobody waits behind it. */
const BULK_PAGE_EVENTS = 8_192;

const LIVE: FiguresTarget = { contributions: CONTRIBUTIONS, leaves: LEAVES };

/** What building figures from the first event took. */
export interface FiguresBuilt {
  /** Events that were read. */
  readonly read: number;
  readonly position: Position | null;
}

/**
 * Keeps the figures in step with the facts: documents first, checkpoint second, as every projector. When the code brings a new
 * version of a document, all of them are built beside the old ones, which go on being served, and then take their place.
 */
export class FiguresProjector {
  constructor(private readonly ports: ProjectorPorts) {}

  async run({ signal, untilCaughtUp, pace }: RunOptions): Promise<void> {
    const { store, readModels, checkpoints } = this.ports;
    if (await isOutdated(readModels)) await rebuildFigures(this.ports, signal);
    const name = checkpointOf(FIGURES);
    const book = new FiguresBook(LIVE, store, readModels);
    const pageSize = untilCaughtUp ? BULK_PAGE_EVENTS : LIVE_PAGE_EVENTS;
    let at = await checkpoints.load(name);
    for await (const next of store.subscribe({ after: at, categories: FIGURES.categories, pageSize, signal })) {
      if (next.kind === 'caught-up') {
        if (untilCaughtUp) return;
        continue;
      }
      await book.enter(next.events);
      if (!(await checkpoints.advance(name, at, next.position))) throw new Fenced(`Another ${name} moved its checkpoint`);
      at = next.position;
      await pace?.(next.events.length === pageSize);
    }
  }
}

/** Builds all figures from the first event beside the live ones, then puts them in their place. Throws `Fenced` where another process began later. */
export function rebuildFigures(ports: ProjectorPorts, signal: AbortSignal): Promise<FiguresBuilt> {
  return buildBeside({
    live: [CONTRIBUTIONS, LEAVES],
    checkpoint: checkpointOf(FIGURES),
    ports,
    build: ([contributions = CONTRIBUTIONS, leaves = LEAVES]) => buildFigures(ports, ports.readModels, signal, { contributions, leaves }),
  });
}

/** Builds all figures, up to the present end of the log, into any read models. */
export async function buildFigures(
  { store }: Pick<ProjectorPorts, 'store'>,
  readModels: ReadModels,
  signal: AbortSignal,
  target: FiguresTarget = LIVE,
): Promise<FiguresBuilt> {
  const book = new FiguresBook(target, store, readModels);
  let read = 0;
  let position: Position | null = null;
  for await (const next of store.subscribe({ after: null, categories: FIGURES.categories, pageSize: BULK_PAGE_EVENTS, signal })) {
    if (next.kind === 'caught-up') break;
    await book.enter(next.events);
    read += next.events.length;
    position = next.position;
  }
  return { read, position };
}

async function isOutdated(readModels: ReadModels): Promise<boolean> {
  for (const { name, version } of [CONTRIBUTIONS, LEAVES]) {
    const served = await readModels.servedVersion(name);
    if (served !== null && served !== version) return true;
  }
  return false;
}
