import { Module, type DynamicModule } from '@nestjs/common';
import { AccessModule } from '@onedoor/access';
import { PortsModule, WorkersModule, type Ports } from '@onedoor/platform';
import { CONTEXTS } from '../contexts.js';
import { contextsOf, type ContextsOptions } from './contexts-of.js';

/** Of the key that nobody signs in with: no door is open here. */
const SESSION_KEY_BYTES = 32;

/** All contexts over given ports, for whoever drives them from within: an import, a set-up, a test. Nothing listens. */
@Module({})
export class ProductModule {
  static of(ports: Ports, options: ContextsOptions): DynamicModule {
    return {
      module: ProductModule,
      imports: [
        PortsModule.of(ports),
        WorkersModule,
        AccessModule.of({ sessionKey: ports.entropy.hex(SESSION_KEY_BYTES), serveSessions: false }),
        ...contextsOf(CONTEXTS, ports, options),
      ],
    };
  }
}
