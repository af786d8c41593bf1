import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { ACCESS, SESSION_KEY } from '@onedoor/access';
import { AUDITED_STREAMS_OPTION, type AuditedStream } from '@onedoor/audit';
import type { PublicEvent } from '@onedoor/contracts';
import type { Outbox } from '@onedoor/engine';
import { OPEN311_KEYS } from '@onedoor/intake';
import type { Instant } from '@onedoor/kernel';
import { CONSUMER_GROUPS } from '@onedoor/operations';
import { OUTBOX } from '@onedoor/notifications';
import { contextModule, PortsModule, WorkersModule, type Context, type Ports } from '@onedoor/platform';
import { AUDITED_STREAMS, CONTEXTS, GROUPS } from '../contexts.js';

export interface ContextsOptions {
  /** What sessions are signed with, the same in every process that accepts them. Empty or absent: random, so they end with the process. */
  readonly sessionKey?: string;
  /** What auditors read: where it is absent, the streams of all contexts of the product. */
  readonly audited?: readonly AuditedStream[];
  /** Whose parked keys operators decide about: where it is absent, the consumers of all contexts of the product. */
  readonly groups?: readonly string[];
  readonly open311Keys: readonly string[];
  /** Shown to everyone at `/outbox`, addresses and all: for demonstrations only. */
  readonly outbox?: Outbox;
  /** When a reaction counts as written: now, unless an import runs on its own clock. */
  readonly recordedAt?: (event: PublicEvent) => Instant;
}

/**
 * The contexts that one process serves, over its ports. They know each other only by the bus, whether or not they share a process. Access
 * is in every process, to check who asks; where it is not served, its routes are left to another process.
 */
export const contextsOf = (served: readonly Context[], ports: Ports, options: ContextsOptions): readonly DynamicModule[] =>
  [...new Set([ACCESS, ...served])].map((context) =>
    contextModule(context, {
      settings: settingsOf(context, ports, options),
      http: pagesOf(context, options),
      servesHttp: served.includes(context),
      ...(options.recordedAt && { recordedAt: options.recordedAt }),
    }),
  );

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

const SESSION_KEY_BYTES = 32;

/** What this process tells a context's providers. */
function settingsOf(
  { name }: Context,
  ports: Ports,
  { sessionKey, audited = AUDITED_STREAMS, groups = GROUPS.map(({ group }) => group), open311Keys, outbox }: ContextsOptions,
): readonly Provider[] {
  const settings: Readonly<Record<string, readonly Provider[]>> = {
    access: [{ provide: SESSION_KEY, useValue: sessionKey || ports.entropy.hex(SESSION_KEY_BYTES) }],
    audit: [{ provide: AUDITED_STREAMS_OPTION, useValue: audited }],
    intake: [{ provide: OPEN311_KEYS, useValue: open311Keys }],
    operations: [{ provide: CONSUMER_GROUPS, useValue: groups }],
    notifications: outbox === undefined ? [] : [{ provide: OUTBOX, useValue: outbox }],
  };
  return settings[name] ?? [];
}

const pagesOf = ({ demoHttp = [] }: Context, { outbox }: ContextsOptions): readonly Type[] => (outbox === undefined ? [] : demoHttp);
