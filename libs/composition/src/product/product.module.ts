import { Module, type DynamicModule } from '@nestjs/common';
import { PortsModule, WorkersModule, type Ports } from '@onedoor/platform';
import { CONTEXTS } from '../contexts.js';
import { contextsOf, type ContextsOptions } from './contexts-of.js';

/** All contexts over given ports, driven from within by an import, a set-up or a test. Nothing listens. */
@Module({})
export class ProductModule {
  static of(ports: Ports, options: ContextsOptions): DynamicModule {
    return {
      module: ProductModule,
      imports: [PortsModule.of(ports), WorkersModule, ...contextsOf(CONTEXTS, ports, options)],
    };
  }
}
