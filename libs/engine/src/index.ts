export { ALARMS, type AlarmMessage, type ServerName } from './ports/alarms.js';
export * from './ports/alarm.js';
export * from './ports/checkpoints.js';
export * from './ports/clock.js';
export * from './ports/dependency.js';
export * from './ports/entropy.js';
export * from './ports/event-bus.js';
export * from './ports/event-store.js';
export * from './ports/failures.js';
export * from './ports/mailer.js';
export * from './ports/read-models.js';
export * from './ports/vault.js';
export { streamOf, upcast, type Aggregate, type EventShape, type EventShapes } from './aggregate.js';
export { ConcurrencyConflict, Executor, type Envelope, type Executed } from './executor.js';
export { followed } from './followed.js';
export type { LogPorts } from './read-backoff.js';
export { readReaching, readUpTo } from './read-up-to.js';
export { emptyStream, readOn, type FoldedStream } from './folded-stream.js';
export { deterministicId } from './deterministic-id.js';
export { Consumer, type ConsumerLag, type ConsumerOptions } from './consumer.js';
export { Stalls, type Stall } from './stalls.js';
export { StuckWorkers } from './stuck-workers.js';
export type { PARKING_CATEGORY, ParkedDecisions } from './parked-decisions.js';
export { countParked, parkedKeysOf, parkedRowsOf, parkedMessagesOf, type ParkedKeys, type ParkedRow } from './parked-keys.js';
export type { Dispatch, React, Reaction, WithoutAt } from './reaction.js';
export type { Projected, Projection } from './projection.js';
export { Projector } from './projector.js';
export { checkpointOf, consumerName, relayCheckpointOf, type ProjectorPorts, type RunOptions } from './worker.js';
export { buildBeside } from './build-beside.js';
export { foldFromStart, hashCollection, rebuild, type CollectionHash } from './rebuild.js';
export { lagOf, oldestUnhandled, type Follower } from './lag.js';
export { Relay } from './relay.js';
export { published, Translator, type Publication, type PublishedAggregate } from './translator.js';
export { Ticker, type DueItem } from './ticker.js';
export { foldDocument } from './fold-documents.js';
export {
  allowedActions,
  canReuseKey,
  authorityMatrix,
  defineCommand,
  namesStreamByBody,
  NoBody,
  systemCommand,
  takesKey,
  WITHOUT_ROUTES,
  type AllowedAction,
  type AnyCommand,
  type AnyCommandSet,
  type Asked,
  type CommandDefinition,
  type CommandRoute,
  type CommandSet,
  type Revealing,
} from './define-command.js';
