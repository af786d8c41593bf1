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
  type Projection,
  type PublishedAggregate,
} from '@onedoor/engine';
import type { Ports } from '../ports.js';
import type { Worker } from './worker.js';

/** Keeps one read model in step. */
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

/** Tells the other contexts what happened in this one. */
export function relayWorker(context: string, publications: readonly PublishedAggregate[], ports: Ports, name = context): Worker {
  const relay = new Relay(context, publications, ports, name);
  const follower: Follower = {
    checkpoint: relayCheckpointOf(name),
    categories: publications.map(({ aggregate }) => aggregate.category),
  };
  return { name: `${name} relay`, kind: 'relay', run: (run) => relay.run(run), lag: () => lagOf(follower, ports, ports.clock.now()) };
}

/** Does what this context does about what others say. */
export function consumerWorker(options: ConsumerOptions): Worker {
  const consumer = new Consumer(options);
  return {
    name: `${options.group} consumer`,
    kind: 'consumer',
    run: (run) => consumer.run(run),
    parked: () => parkedKeysOf(options.group, options.ports.readModels),
  };
}
