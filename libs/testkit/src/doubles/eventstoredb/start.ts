import type { EventStoreDbCluster, EventStoreDbClusterOptions, EventStoreDbDouble, EventStoreDbDoubleOptions } from './double.js';

// The protocol's stubs are loaded only when a double is started, because most specs that import the testkit do not need them.

/** Starts the double on this machine. */
export async function startEventStoreDbDouble(options: EventStoreDbDoubleOptions = {}): Promise<EventStoreDbDouble> {
  const { SingleDouble } = await import('./single.js');
  const double = new SingleDouble(options);
  await double.start();
  return double;
}

/** Starts a cluster of doubles on this machine, its first node as the leader. */
export async function startEventStoreDbCluster(options: EventStoreDbClusterOptions = {}): Promise<EventStoreDbCluster> {
  const { ClusterDouble } = await import('./cluster/cluster-double.js');
  const cluster = new ClusterDouble(options);
  await cluster.open();
  return cluster;
}
