import { MemoryCheckpoints } from './checkpoints.js';
import { MemoryEventBus } from './event-bus.js';
import { MemoryEventStore } from './event-store.js';
import { MemoryOutbox } from './outbox.js';
import { MemoryReadModels } from './read-models.js';
import { MemoryVault } from './vault.js';

/** Everything that a city needs, in memory. */
export interface MemoryData {
  readonly store: MemoryEventStore;
  readonly bus: MemoryEventBus;
  readonly readModels: MemoryReadModels;
  readonly checkpoints: MemoryCheckpoints;
  readonly vault: MemoryVault;
  readonly mailer: MemoryOutbox;
  readonly incarnation: string;
  /** Ends subscriptions and consumptions. */
  close(): Promise<void>;
}

export function openMemory(options: { readonly incarnation?: string } = {}): MemoryData {
  const store = new MemoryEventStore(options.incarnation);
  const bus = new MemoryEventBus();
  return {
    store,
    bus,
    readModels: new MemoryReadModels(),
    checkpoints: new MemoryCheckpoints(),
    vault: new MemoryVault(),
    mailer: new MemoryOutbox(),
    incarnation: store.incarnation,
    close: async () => {
      store.close();
      bus.close();
    },
  };
}
