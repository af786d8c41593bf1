import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { FACT_NEEDS } from '@onedoor/analytics';
import type { PublicEvent } from '@onedoor/contracts';
import type { Outbox } from '@onedoor/engine';
import { OPEN311_KEYS } from '@onedoor/intake';
import type { Instant } from '@onedoor/kernel';
import { CITY_VOICE, OUTBOX } from '@onedoor/notifications';
import { contextModule, type Context, type Ports } from '@onedoor/platform';
import { cityVoice } from '../city-voice.js';
import { cityZone } from '../city-zone.js';

export interface ContextsOptions {
  readonly open311Keys: readonly string[];
  /** Shown to everyone at `/outbox`, addresses and all: for demonstrations only. */
  readonly outbox?: Outbox;
  /** When a reaction counts as written: now, unless an import runs on its own clock. */
  readonly recordedAt?: (event: PublicEvent) => Instant;
}

/** Contexts over ports, for one process. They know each other only by the bus, whether or not they share a process. */
export const contextsOf = (contexts: readonly Context[], ports: Ports, options: ContextsOptions): readonly DynamicModule[] =>
  contexts.map((context) =>
    contextModule(context, {
      settings: settingsOf(context, ports, options),
      http: pagesOf(context, options),
      ...(options.recordedAt && { recordedAt: options.recordedAt }),
    }),
  );

/** What this process tells a context's providers. */
function settingsOf({ name }: Context, ports: Ports, { open311Keys, outbox }: ContextsOptions): readonly Provider[] {
  const settings: Readonly<Record<string, readonly Provider[]>> = {
    intake: [{ provide: OPEN311_KEYS, useValue: open311Keys }],
    analytics: [{ provide: FACT_NEEDS, useValue: { zone: cityZone(ports) } }],
    notifications: [
      { provide: CITY_VOICE, useValue: cityVoice(ports) },
      ...(outbox === undefined ? [] : [{ provide: OUTBOX, useValue: outbox }]),
    ],
  };
  return settings[name] ?? [];
}

const pagesOf = ({ demoHttp = [] }: Context, { outbox }: ContextsOptions): readonly Type[] => (outbox === undefined ? [] : demoHttp);
