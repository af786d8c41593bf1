import type { Alarm } from './ports/alarm.js';
import type { Checkpoints } from './ports/checkpoints.js';
import type { EventStore } from './ports/event-store.js';
import type { ReadModels } from './ports/read-models.js';
import type { Projection } from './projection.js';

/** What keeping a read model in step takes. */
export interface ProjectorPorts {
  readonly store: EventStore;
  readonly readModels: ReadModels;
  readonly checkpoints: Checkpoints;
  readonly alarm: Alarm;
}

/** The name of the checkpoint that says how far a projection has come. */
export const checkpointOf = ({ collection }: Pick<Projection, 'collection'>): string => `projector:${collection.name}`;
