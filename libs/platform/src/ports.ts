import type {
  Alarm,
  Checkpoints,
  Clock,
  Dependency,
  Entropy,
  EventBus,
  EventStore,
  Executor,
  Mailer,
  ReadModels,
  Vault,
} from '@onedoor/engine';

/** Everything that a context takes from its surroundings. A composition chooses the adapters, once. */
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
  /** The servers that the adapters use; none where everything is in this process. */
  readonly dependencies: readonly Dependency[];
  /** Named in the metadata of every event. */
  readonly jurisdiction: string;
}

/** Injection token of the ports: within a context, restricted to what it declared. */
export const PORTS = Symbol('onedoor.ports');

/** Injection token of all ports of the process. */
export const ALL_PORTS = Symbol('onedoor.all-ports');

/** Makes the executor over some ports, counted and traced where the process is observed. */
export type Executors = (ports: Pick<Ports, 'store' | 'jurisdiction'>) => Executor;

/** Injection token of `Executors`. */
export const EXECUTORS = Symbol('onedoor.executors');
