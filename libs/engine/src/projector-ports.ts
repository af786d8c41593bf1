import type { LogPorts } from './patience.js';
import type { Checkpoints } from './ports/checkpoints.js';
import type { ReadModels } from './ports/read-models.js';
import type { Projection } from './projection.js';

/** What keeping a read model in step takes. */
export interface ProjectorPorts extends LogPorts {
  readonly readModels: ReadModels;
  readonly checkpoints: Checkpoints;
}

/** The name of the checkpoint that says how far a projection has come. */
export const checkpointOf = ({ collection }: Pick<Projection, 'collection'>): string => `projector:${collection.name}`;
