import type { EventStoreDbDouble, EventStoreDbDoubleOptions } from './double.js';

/** Starts the double on this machine. The protocol's stubs are loaded only now: most specs that import the testkit never need them. */
export async function startEventStoreDbDouble(options: EventStoreDbDoubleOptions = {}): Promise<EventStoreDbDouble> {
  const { DoubleServer } = await import('./server.js');
  const double = new DoubleServer(options);
  await double.start();
  return double;
}
