import { buildFigures, CONTRIBUTIONS, FIGURES, FiguresProjector, LEAVES, rebuildFigures } from '@onedoor/analytics';
import { PROJECTIONS } from './projections.js';
import {
  checkpointOf,
  foldFromStart,
  Projector,
  rebuild,
  type Collection,
  type Projection,
  type ProjectorPorts,
  type ReadModels,
} from '@onedoor/engine';

/** Collections that are built together from the log. */
export interface View {
  readonly collections: readonly Collection[];
  /** The name of the checkpoint that says how far they have come. */
  readonly checkpoint: string;
  /** Brings the live ones up to the end of the log. */
  catchUp(signal: AbortSignal): Promise<void>;
  /**
   * Builds them from the first event, and up to where the live ones stand at least, into other read models; says how many events were
   * read, and how many of them mattered.
   */
  buildInto(readModels: ReadModels, signal: AbortSignal): Promise<{ readonly read: number; readonly events: number }>;
  /** Builds them anew and puts them in place of the live ones. */
  rebuild(signal: AbortSignal): Promise<unknown>;
}

/** Every read model of the product over a data folder. */
export const viewsOf = (ports: ProjectorPorts): readonly View[] => [
  ...PROJECTIONS.map((projection) => viewOf(projection, ports)),
  figuresView(ports),
];

const viewOf = (projection: Projection, ports: ProjectorPorts): View => ({
  collections: [projection.collection],
  checkpoint: checkpointOf(projection),
  catchUp: (signal) => new Projector(projection, ports).run({ signal, untilCaughtUp: true }),
  buildInto: async (readModels, signal) => {
    const reaching = await ports.checkpoints.load(checkpointOf(projection));
    return foldFromStart(projection, projection.collection, ports, readModels, signal, reaching);
  },
  rebuild: (signal) => rebuild(projection, ports, signal),
});

const figuresView = (ports: ProjectorPorts): View => ({
  collections: [CONTRIBUTIONS, LEAVES],
  checkpoint: checkpointOf(FIGURES),
  catchUp: (signal) => new FiguresProjector(ports).run({ signal, untilCaughtUp: true }),
  buildInto: async (readModels, signal) => {
    const reaching = await ports.checkpoints.load(checkpointOf(FIGURES));
    const { read } = await buildFigures(ports, readModels, signal, { reaching });
    return { read, events: read };
  },
  rebuild: (signal) => rebuildFigures(ports, signal),
});
