import type { KafkaData } from './data.js';
import type { KafkaOptions } from './options.js';

/** Nothing is connected before it is needed: a cluster that is away delays what needs it, not the start. */
export async function openKafka(options: KafkaOptions): Promise<KafkaData> {
  // Loaded here, so that a process without Kafka never loads its driver.
  const { KafkaEventBus } = await import('./event-bus.js');
  const bus = new KafkaEventBus(options);
  let closing: Promise<void> | null = null;
  return {
    bus,
    dependency: bus.dependency,
    check: () => bus.check(),
    members: () => bus.members(),
    lag: () => bus.lag(),
    close: () => (closing ??= bus.close()),
  };
}
