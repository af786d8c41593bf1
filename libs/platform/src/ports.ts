import { Module, type DynamicModule } from '@nestjs/common';
import { Executor, type Alarm, type Checkpoints, type Clock, type Entropy, type EventBus, type EventStore, type ReadModels, type Vault } from '@onedoor/engine';

/** Everything a context stands on. Which adapters are behind it is settled once, in a composition. */
export interface Ports {
  readonly store: EventStore;
  readonly bus: EventBus;
  readonly readModels: ReadModels;
  readonly checkpoints: Checkpoints;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly alarm: Alarm;
  /** Named in the metadata of every event. */
  readonly jurisdiction: string;
}

/** Injection token of the ports. */
export const PORTS = Symbol('onedoor.ports');

/** Makes the ports and the executor over them known to every module. */
@Module({})
export class PortsModule {
  static of(ports: Ports): DynamicModule {
    return {
      module: PortsModule,
      global: true,
      providers: [
        { provide: PORTS, useValue: ports },
        { provide: Executor, useValue: new Executor(ports.store, ports.jurisdiction) },
      ],
      exports: [PORTS, Executor],
    };
  }
}
