import { performance } from 'node:perf_hooks';
import { categoryOf, type EventBus, type EventStore, type Mailer } from '@onedoor/engine';
import type { Ports } from '../ports.js';
import type { Metrics } from './metrics.js';

/** The same ports, with their calls counted. */
export function meteredPorts(ports: Ports, metrics: Metrics): Ports {
  return {
    ...ports,
    store: meteredStore(ports.store, metrics),
    bus: meteredBus(ports.bus, metrics),
    mailer: meteredMailer(ports.mailer, metrics),
  };
}

const meteredStore = (store: EventStore, { appends }: Metrics): EventStore => ({
  read: (stream, from, limit) => store.read(stream, from, limit),
  subscribe: (options) => store.subscribe(options),
  head: () => store.head(),
  async append(stream, expected, events) {
    const category = categoryOf(stream);
    const startedMs = performance.now();
    const observe = (outcome: string): void => appends.observe({ category, outcome }, (performance.now() - startedMs) / 1_000);
    try {
      const result = await store.append(stream, expected, events);
      observe(result.outcome);
      return result;
    } catch (error) {
      observe('failed');
      throw error;
    }
  },
});

const meteredBus = (bus: EventBus, { published }: Metrics): EventBus => ({
  declare: (topics) => bus.declare(topics),
  consume: (options) => bus.consume(options),
  waiting: (group, topics) => bus.waiting(group, topics),
  async publish(messages) {
    await bus.publish(messages);
    for (const { topic } of messages) published.inc({ topic });
  },
});

const meteredMailer = (mailer: Mailer, { deliveries }: Metrics): Mailer => ({
  async send(message) {
    try {
      const delivery = await mailer.send(message);
      deliveries.inc({ outcome: delivery.outcome });
      return delivery;
    } catch (error) {
      deliveries.inc({ outcome: 'unavailable' });
      throw error;
    }
  },
});
