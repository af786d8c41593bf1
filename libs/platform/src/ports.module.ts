import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Executor } from '@onedoor/engine';
import { CommandGateway } from './commands/command-gateway.js';
import { ClientLimits } from './limits/client-limits.js';
import { Caches } from './observe/caches.js';
import { meteredPorts } from './observe/metered-ports.js';
import type { Observation } from './observe/observe.module.js';
import { ObservedExecutor } from './observe/observed-executor.js';
import { ALL_PORTS, EXECUTORS, PORTS, type Executors, type Ports } from './ports.js';

/** Provides the ports, the executor over them and the command gateway to every module. */
@Module({})
export class PortsModule {
  /**
   * With an `observation`, what goes through the ports and the executor is counted and traced. `postsAMinute`: what a client may ask of
   * this process; 0, where there are no clients, for no limit.
   */
  static of(given: Ports, observation: Observation | null = null, postsAMinute = 0): DynamicModule {
    const ports = observation === null ? given : meteredPorts(given, observation.metrics);
    const caches = new Caches();
    const executors: Executors = ({ store, jurisdiction }) => {
      const executor = observation === null ? new Executor(store, jurisdiction) : new ObservedExecutor(store, jurisdiction, observation);
      caches.register('streams', () => executor.cachedBytes);
      return executor;
    };
    return {
      module: PortsModule,
      global: true,
      imports: [CqrsModule.forRoot()],
      providers: [
        { provide: PORTS, useValue: ports },
        { provide: ALL_PORTS, useValue: ports },
        { provide: Caches, useValue: caches },
        { provide: EXECUTORS, useValue: executors },
        { provide: Executor, useValue: executors(ports) },
        { provide: ClientLimits, useValue: new ClientLimits(postsAMinute, ports.clock) },
        CommandGateway,
      ],
      exports: [PORTS, ALL_PORTS, Caches, EXECUTORS, Executor, ClientLimits, CommandGateway],
    };
  }
}
