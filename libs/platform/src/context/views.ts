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
import type { Ports } from '../ports.js';
import { projectorWorker, type Worker } from '../workers/worker.js';

/** Collections that are built together from the log. */
export interface View {
  readonly collections: readonly Collection[];
  /** The name of their checkpoint. */
  readonly checkpoint: string;
  /** Brings the live ones up to the end of the log. */
  catchUp(signal: AbortSignal): Promise<void>;
  /**
   * Builds them from the first event, at least up to the position of the live ones, into other read models; returns how many events were
   * read, and how many of them were handled.
   */
  buildInto(readModels: ReadModels, signal: AbortSignal): Promise<{ readonly read: number; readonly events: number }>;
  /** Builds them anew and replaces the live ones. */
  rebuild(signal: AbortSignal): Promise<unknown>;
}

/** A read model of more than one projection, with its own worker and rebuild. */
export interface ContextView {
  readonly collections: readonly Collection[];
  readonly checkpoint: string;
  /** The event types that it handles. */
  readonly handles: readonly string[];
  readonly categories: readonly string[];
  worker(ports: Ports): Worker;
  over(ports: ProjectorPorts): View;
}

/** The projections among the read models of a context. */
export const projectionsOf = ({ projections }: { readonly projections: readonly (Projection | ContextView)[] }): readonly Projection[] =>
  projections.filter((each): each is Projection => !isView(each));

const isView = (each: Projection | ContextView): each is ContextView => 'over' in each;

/** All read models of a context, each with its worker and its rebuild. */
export const contextViews = ({ projections }: { readonly projections: readonly (Projection | ContextView)[] }): readonly ContextView[] =>
  projections.map((each) => (isView(each) ? each : viewOf(each)));

const viewOf = (projection: Projection): ContextView => ({
  collections: [projection.collection],
  checkpoint: checkpointOf(projection),
  handles: projection.handles,
  categories: projection.categories,
  worker: (ports) => projectorWorker(projection, ports),
  over: (ports) => ({
    collections: [projection.collection],
    checkpoint: checkpointOf(projection),
    catchUp: (signal) => new Projector(projection, ports).run({ signal, untilCaughtUp: true }),
    buildInto: async (readModels, signal) => {
      const reaching = await ports.checkpoints.load(checkpointOf(projection));
      return foldFromStart(projection, projection.collection, ports, readModels, signal, reaching);
    },
    rebuild: (signal) => rebuild(projection, ports, signal),
  }),
});
