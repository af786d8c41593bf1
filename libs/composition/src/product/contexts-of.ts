import type { DynamicModule } from '@nestjs/common';
import { AnalyticsModule } from '@onedoor/analytics';
import type { PublicEvent } from '@onedoor/contracts';
import type { Outbox } from '@onedoor/engine';
import { IntakeModule } from '@onedoor/intake';
import type { Instant } from '@onedoor/kernel';
import { NotificationsModule } from '@onedoor/notifications';
import type { Ports } from '@onedoor/platform';
import { RoutingModule } from '@onedoor/routing';
import { cityVoice } from '../city-voice.js';
import { cityZone } from '../city-zone.js';

export interface ContextsOptions {
  readonly open311Keys: readonly string[];
  /** Shown to everyone at `/outbox`, addresses and all: for demonstrations only. */
  readonly outbox?: Outbox;
  /** When a reaction counts as written: now, unless an import runs on its own clock. */
  readonly recordedAt?: (event: PublicEvent) => Instant;
}

/** All contexts that act, for one process. They know each other only by the bus, here as everywhere. */
export function contextsOf(ports: Ports, { open311Keys, outbox, recordedAt }: ContextsOptions): readonly DynamicModule[] {
  const reactions = recordedAt === undefined ? {} : { recordedAt };
  return [
    IntakeModule.of({ open311Keys, ...reactions }),
    RoutingModule.of(reactions),
    AnalyticsModule.of({ zone: cityZone(ports), ...reactions }),
    NotificationsModule.of({ city: cityVoice(ports), ...(outbox && { outbox }), ...reactions }),
  ];
}
