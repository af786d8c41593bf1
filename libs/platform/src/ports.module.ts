import { Module, type DynamicModule } from '@nestjs/common';
import { Executor } from '@onedoor/engine';
import { meteredPorts } from './observe/metered-ports.js';
import type { Observation } from './observe/observation.js';
import { ObservedExecutor } from './observe/observed-executor.js';
import { PORTS, type Ports } from './ports.js';

/** Makes the ports and the executor over them known to every module. */
@Module({})
export class PortsModule {
  /** With an `observation`, what goes through the ports and the executor is counted and traced. */
  static of(given: Ports, observation: Observation | null = null): DynamicModule {
    const ports = observation === null ? given : meteredPorts(given, observation.metrics);
    const { store, jurisdiction } = ports;
    const executor = observation === null ? new Executor(store, jurisdiction) : new ObservedExecutor(store, jurisdiction, observation);
    return {
      module: PortsModule,
      global: true,
      providers: [
        { provide: PORTS, useValue: ports },
        { provide: Executor, useValue: executor },
      ],
      exports: [PORTS, Executor],
    };
  }
}
