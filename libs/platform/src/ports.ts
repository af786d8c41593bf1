import type { Alarm, Checkpoints, Clock, Dependency, Entropy, EventBus, EventStore, Mailer, ReadModels, Vault } from '@onedoor/engine';

/** Everything a context stands on. Which adapters are behind it is settled once, in a composition. */
export interface Ports {
  readonly store: EventStore;
  readonly bus: EventBus;
  readonly readModels: ReadModels;
  readonly checkpoints: Checkpoints;
  readonly vault: Vault;
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly alarm: Alarm;
  /** The servers that the others stand on; none where everything is in this process. */
  readonly dependencies: readonly Dependency[];
  /** Named in the metadata of every event. */
  readonly jurisdiction: string;
}

/** Injection token of the ports. */
export const PORTS = Symbol('onedoor.ports');
