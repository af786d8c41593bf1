import {
  buildBeside,
  checkpointOf,
  Fenced,
  followed,
  type LogPorts,
  type Position,
  type ProjectorPorts,
  type ReadModels,
  type RunOptions,
} from '@onedoor/engine';
import { logLagOf, type ContextView } from '@onedoor/platform';
import { FiguresWriter, type FiguresTarget } from './figures-writer.service.js';
import { CONTRIBUTIONS, FIGURES, LEAVES } from './collections.js';

/** Small enough that a page never holds up a request for long. */
const LIVE_PAGE_EVENTS = 1_024;
/** Many events share their leaves, so a large page sums each of them once: for runs that no request waits behind. */
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

  async run({ signal, untilCaughtUp, pace, onProgress }: RunOptions): Promise<void> {
    const { readModels, checkpoints } = this.ports;
    if (await isOutdated(readModels)) await rebuildFigures(this.ports, signal);
    const name = checkpointOf(FIGURES);
    const writer = new FiguresWriter(LIVE, this.ports, readModels);
    const pageSize = untilCaughtUp ? BULK_PAGE_EVENTS : LIVE_PAGE_EVENTS;
    let at = await checkpoints.load(name);
    for await (const next of followed(this.ports, { after: at, categories: FIGURES.categories, pageSize, signal })) {
      if (next.kind === 'caught-up') {
        onProgress?.();
        if (untilCaughtUp) return;
        continue;
      }
      await writer.write(next.events, signal);
      if (!(await checkpoints.advance(name, at, next.position))) throw new Fenced(`Another ${name} moved its checkpoint`);
      at = next.position;
      onProgress?.();
      await pace?.(next.events.length === pageSize);
    }
  }
}

/**
 * Builds all figures from the first event beside the live ones, then puts them in their place. Throws `Fenced` where another process began
 * later.
 */
export function rebuildFigures(ports: ProjectorPorts, signal: AbortSignal): Promise<FiguresBuilt> {
  return buildBeside({
    live: [CONTRIBUTIONS, LEAVES],
    checkpoint: checkpointOf(FIGURES),
    ports,
    build: ([contributions = CONTRIBUTIONS, leaves = LEAVES], reaching) =>
      buildFigures(ports, ports.readModels, signal, { target: { contributions, leaves }, reaching }),
  });
}

/**
 * Builds all figures into the given read models, up to the present end of the log and at least up to `reaching`, a position known to be in
 * it.
 */
export async function buildFigures(
  log: LogPorts,
  readModels: ReadModels,
  signal: AbortSignal,
  { target = LIVE, reaching = null }: { readonly target?: FiguresTarget; readonly reaching?: Position | null } = {},
): Promise<FiguresBuilt> {
  const writer = new FiguresWriter(target, log, readModels);
  let read = 0;
  let position: Position | null = null;
  for await (const next of followed(log, { after: null, categories: FIGURES.categories, pageSize: BULK_PAGE_EVENTS, signal, reaching })) {
    if (next.kind === 'caught-up') break;
    await writer.write(next.events, signal);
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

/** The figures as a read model of the context: contributions and leaves, kept and rebuilt together. */
export const FIGURES_VIEW: ContextView = {
  collections: [CONTRIBUTIONS, LEAVES],
  checkpoint: checkpointOf(FIGURES),
  handles: FIGURES.handles,
  categories: FIGURES.categories,
  worker(ports) {
    const projector = new FiguresProjector(ports);
    const follower = { checkpoint: checkpointOf(FIGURES), categories: FIGURES.categories };
    return {
      name: FIGURES.collection.name,
      kind: 'projector',
      run: (run) => projector.run(run),
      lag: () => logLagOf(follower, ports),
    };
  },
  over: (ports) => ({
    collections: [CONTRIBUTIONS, LEAVES],
    checkpoint: checkpointOf(FIGURES),
    catchUp: (signal) => new FiguresProjector(ports).run({ signal, untilCaughtUp: true }),
    buildInto: async (readModels, signal) => {
      const reaching = await ports.checkpoints.load(checkpointOf(FIGURES));
      const { read } = await buildFigures(ports, readModels, signal, { reaching });
      return { read, events: read };
    },
    rebuild: (signal) => rebuildFigures(ports, signal),
  }),
};
