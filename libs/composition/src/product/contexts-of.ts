import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { ACCESS } from '@onedoor/access';
import type { PublicEvent } from '@onedoor/contracts';
import type { Instant } from '@onedoor/kernel';
import { contextModule, PortsModule, WorkersModule, type Context, type Ports, type ProcessSettings } from '@onedoor/platform';
import { CONTEXTS } from '../contexts.js';

/** The settings of a process: without a session key, outside a demonstration and among all contexts of the product unless it says more. */
export interface ContextsOptions extends Partial<Omit<ProcessSettings, 'open311Keys'>>, Pick<ProcessSettings, 'open311Keys'> {
  /** When a reaction counts as written: now, unless an import runs on its own clock. */
  readonly recordedAt?: (event: PublicEvent) => Instant;
}

/**
 * The contexts that one process serves, over its ports. They know each other only by the bus, whether or not they share a process. Access
 * is in every process, to check who asks; where it is not served, its routes are left to another process.
 */
export function contextsOf(
  served: readonly Context[],
  ports: Ports,
  { recordedAt, ...options }: ContextsOptions,
): readonly DynamicModule[] {
  const settings: ProcessSettings = { sessionKey: '', outbox: null, contexts: CONTEXTS, ...options };
  return [...new Set([ACCESS, ...served])].map((context) =>
    contextModule(context, {
      settings: context.settings?.(settings, ports) ?? [],
      http: pagesOf(context, settings),
      servesHttp: served.includes(context),
      runsWorkers: served.includes(context),
      ...(recordedAt && { recordedAt }),
    }),
  );
}

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

/** The pages of a demonstration. */
const pagesOf = ({ demoHttp = [] }: Context, { outbox }: ProcessSettings): readonly Type[] => (outbox === null ? [] : demoHttp);
