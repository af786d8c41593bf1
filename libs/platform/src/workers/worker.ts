import {
  checkpointOf,
  Consumer,
  consumerName,
  oldestUnhandled,
  parkedKeysOf,
  Projector,
  Relay,
  relayCheckpointOf,
  type ConsumerOptions,
  type Follower,
  type ParkedKeys,
  type Projection,
  type PublishedAggregate,
  type RunOptions,
  type Stall,
  Unavailable,
} from '@onedoor/engine';
import { msOf } from '@onedoor/kernel';
import type { Ports } from '../ports.js';

/** A loop that runs beside the requests of a process: it follows the log, the bus or the due list until it is told to stop. */
export interface Worker {
  readonly name: string;
  readonly kind: 'projector' | 'relay' | 'consumer' | 'ticker';
  run(options: RunOptions): Promise<void>;
  /** How far it is behind what it follows; absent where it follows nothing. */
  lag?(): Promise<WorkerLag>;
  /** Does what operators decided about its parked keys; absent where it reacts to no messages. For a command that runs no worker. */
  carryOut?(signal: AbortSignal): Promise<void>;
  /** What its cache holds, in estimated bytes; absent where it has none. */
  cachedBytes?(): number;
  /** What it cannot get past; absent or null where it gets on, or where only its runner knows. */
  stall?(): Stall | null;
  /** How many entries of its due list have come due and are not dealt with, up to a page of them; absent where it has none. */
  due?(): Promise<number>;
  /** The keys of its group whose messages wait, parked by any process; absent where it reacts to no messages. */
  parked?(): Promise<ParkedKeys>;
}

export interface WorkerLag {
  /** The age of the oldest that it has yet to handle, in milliseconds; null while the bus cannot tell. */
  readonly ms: number | null;
  /** Messages that wait, up to a bound; null where it follows the log. */
  readonly messages: number | null;
  /** What it handles next, in a few words; null where it follows the bus, or nothing waits. */
  readonly next: string | null;
}

/** How far a follower of the log is behind. */
export async function logLagOf(follower: Follower, ports: Ports): Promise<WorkerLag> {
  const oldest = await oldestUnhandled(follower, ports);
  if (oldest === null) return { ms: 0, messages: null, next: null };
  const { stream, revision, type, recordedAt } = oldest;
  return { ms: Math.max(0, msOf(ports.clock.now()) - msOf(recordedAt)), messages: null, next: `${type} at ${revision} of ${stream}` };
}

/** Projects the log into one read model. */
export function projectorWorker(projection: Projection, ports: Ports): Worker {
  const projector = new Projector(projection, ports);
  const follower: Follower = { checkpoint: checkpointOf(projection), categories: projection.categories };
  return {
    name: projection.collection.name,
    kind: 'projector',
    run: (run) => projector.run(run),
    lag: () => logLagOf(follower, ports),
  };
}

/** Publishes the events of a context to the bus. */
export function relayWorker(context: string, publications: readonly PublishedAggregate[], ports: Ports, name = context): Worker {
  const relay = new Relay(context, publications, ports, name);
  const follower: Follower = {
    checkpoint: relayCheckpointOf(name),
    categories: publications.map(({ aggregate }) => aggregate.category),
  };
  return {
    name: `${name} relay`,
    kind: 'relay',
    run: (run) => relay.run(run),
    lag: () => logLagOf(follower, ports),
    cachedBytes: () => relay.cachedBytes,
  };
}

/** Sends the commands that follow from the public events of other contexts. */
export function consumerWorker(options: ConsumerOptions & { readonly ports: Ports }): Worker {
  const isOutageKnown = (): boolean => options.ports.dependencies.some((dependency) => dependency.outage() !== null);
  const consumer = new Consumer({ ...options, isOutageKnown });
  return {
    name: consumerName(options.group),
    kind: 'consumer',
    run: (run) => consumer.run(run),
    carryOut: (signal) => consumer.carryOut(signal),
    stall: () => consumer.stall(),
    lag: async () => ({ ...(await consumer.lag().catch(unknownLag)), next: null }),
    parked: () => parkedKeysOf(options.group, options.ports.readModels),
  };
}

/** A bus that is away holds up no request, so it is no reason to give the process none. */
function unknownLag(error: unknown): Pick<WorkerLag, 'ms' | 'messages'> {
  if (error instanceof Unavailable) return { ms: null, messages: null };
  throw error;
}
