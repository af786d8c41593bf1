import {
  checkpointOf,
  Consumer,
  lagOf,
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
} from '@onedoor/engine';
import type { Ports } from '../ports.js';

/** A loop that runs beside the requests of a process: it follows the log, the bus or the due list until it is told to stop. */
export interface Worker {
  readonly name: string;
  readonly kind: 'projector' | 'relay' | 'consumer' | 'ticker';
  run(options: RunOptions): Promise<void>;
  /** How far it is behind the log, in milliseconds; absent where it follows something else. */
  lag?(): Promise<number>;
  /** How many entries of its due list have come due and are not dealt with, up to a page of them; absent where it has none. */
  due?(): Promise<number>;
  /** The keys of its group whose messages wait, parked by any process; absent where it reacts to no messages. */
  parked?(): Promise<ParkedKeys>;
}

/** Projects the log into one read model. */
export function projectorWorker(projection: Projection, ports: Ports): Worker {
  const projector = new Projector(projection, ports);
  const follower: Follower = { checkpoint: checkpointOf(projection), categories: projection.categories };
  return {
    name: projection.collection.name,
    kind: 'projector',
    run: (run) => projector.run(run),
    lag: () => lagOf(follower, ports, ports.clock.now()),
  };
}

/** Publishes the events of a context to the bus. */
export function relayWorker(context: string, publications: readonly PublishedAggregate[], ports: Ports, name = context): Worker {
  const relay = new Relay(context, publications, ports, name);
  const follower: Follower = {
    checkpoint: relayCheckpointOf(name),
    categories: publications.map(({ aggregate }) => aggregate.category),
  };
  return { name: `${name} relay`, kind: 'relay', run: (run) => relay.run(run), lag: () => lagOf(follower, ports, ports.clock.now()) };
}

/** Sends the commands that follow from the public events of other contexts. */
export function consumerWorker(options: ConsumerOptions): Worker {
  const consumer = new Consumer(options);
  return {
    name: `${options.group} consumer`,
    kind: 'consumer',
    run: (run) => consumer.run(run),
    parked: () => parkedKeysOf(options.group, options.ports.readModels),
  };
}
