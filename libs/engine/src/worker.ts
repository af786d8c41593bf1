import type { Checkpoints } from './ports/checkpoints.js';
import type { ReadModels } from './ports/read-models.js';
import type { Projection } from './projection.js';
import type { LogPorts } from './read-backoff.js';

/** How a worker runs: a projector, a relay or a consumer. */
export interface RunOptions {
  readonly signal: AbortSignal;
  /** Stop at the tail instead of waiting for more. */
  readonly untilCaughtUp?: boolean;
  /**
   * Awaited after each page, so that under load pages grow and cost less per event. `isFull` says that more is already waiting.
   * The first page after an idle time is never delayed.
   */
  readonly pace?: (isFull: boolean) => Promise<void>;
  /** Called after each step that succeeded: a page, a pass, an end that was reached. */
  readonly onProgress?: () => void;
}

/** What a projector needs. */
export interface ProjectorPorts extends LogPorts {
  readonly readModels: ReadModels;
  readonly checkpoints: Checkpoints;
}

/** The name of a group's consumer among workers. */
export const consumerName = (group: string): string => `${group} consumer`;

/** The name of the checkpoint of a projection. */
export const checkpointOf = ({ collection }: Pick<Projection, 'collection'>): string => `projector:${collection.name}`;

/** The name of the checkpoint of a context's relay. */
export const relayCheckpointOf = (context: string): string => `relay:${context}`;
