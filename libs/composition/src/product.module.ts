import { Module, type DynamicModule } from '@nestjs/common';
import type { PublicEvent } from '@onedoor/contracts';
import { IntakeModule } from '@onedoor/intake';
import type { Instant } from '@onedoor/kernel';
import { PortsModule, WorkersModule, type Ports } from '@onedoor/platform';
import { RoutingModule } from '@onedoor/routing';

export interface ProductOptions {
  readonly open311Keys: readonly string[];
  /** When a reaction counts as written: now, unless an import runs on its own clock. */
  readonly recordedAt?: (event: PublicEvent) => Instant;
}

/** All contexts in one process. They know each other only by the bus, here as everywhere. */
@Module({})
export class ProductModule {
  static of(ports: Ports, { open311Keys, recordedAt }: ProductOptions): DynamicModule {
    const reactions = recordedAt === undefined ? {} : { recordedAt };
    return {
      module: ProductModule,
      imports: [PortsModule.of(ports), WorkersModule, IntakeModule.of({ open311Keys, ...reactions }), RoutingModule.of(reactions)],
      exports: [IntakeModule, RoutingModule],
    };
  }
}
