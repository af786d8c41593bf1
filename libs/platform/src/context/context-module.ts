import { Inject, Module, type DynamicModule, type OnModuleInit, type Provider, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Executor, type ConsumerOptions, type PublishedAggregate } from '@onedoor/engine';
import { handlerOf } from '../commands/aggregate-handler.js';
import { CommandGateway } from '../commands/command-gateway.js';
import { Caches } from '../observe/caches.js';
import { ALL_PORTS, EXECUTORS, PORTS, type Executors, type Ports } from '../ports.js';
import { WorkerRunner } from '../workers/worker-runner.js';
import { consumerWorker, relayWorker, type Worker } from '../workers/worker.js';
import { commandControllersOf } from './context-routes.js';
import type { Context } from './define-context.js';
import { scopedPorts } from './scoped-ports.js';
import { contextViews } from './views.js';

export interface ContextOptions {
  /** Settings of this process that the context's providers inject. */
  readonly settings?: readonly Provider[];
  /** Controllers of this process besides the context's own: pages of a demonstration. */
  readonly http?: readonly Type[];
  /** When a reaction counts as written: now, unless an import runs on its own clock. */
  readonly recordedAt?: NonNullable<ConsumerOptions['recordedAt']>;
  /** False: its routes are served by another process. */
  readonly servesHttp?: boolean;
  /** False: its workers run in another process. */
  readonly runsWorkers?: boolean;
}

/** The Nest module of a context, over the ports of its process restricted to what the context declared. */
export function contextModule(
  context: Context,
  { settings = [], http = [], recordedAt, servesHttp = true, runsWorkers = true }: ContextOptions = {},
): DynamicModule {
  const handled = context.aggregates.map((aggregate) => ({ aggregate, ...handlerOf(aggregate) }));

  @Module({})
  class ContextModule implements OnModuleInit {
    constructor(
      @Inject(PORTS) private readonly ports: Ports,
      @Inject(ALL_PORTS) private readonly all: Pick<Ports, 'store'>,
      private readonly runner: WorkerRunner,
      private readonly gateway: CommandGateway,
      private readonly modules: ModuleRef,
      private readonly caches: Caches,
    ) {}

    onModuleInit(): void {
      this.gateway.register(
        ...handled.map(({ aggregate: { of, commands, idIsReference }, Message }) => ({ of, commands, idIsReference, Message })),
      );
      if (!runsWorkers) return;
      const workers = this.workers();
      this.runner.register(...workers);
      for (const worker of workers) if (worker.cachedBytes) this.caches.register(worker.name, () => worker.cachedBytes?.() ?? 0);
    }

    private workers(): readonly Worker[] {
      const { ports, all, gateway, modules } = this;
      const { name, consumes } = context;
      return [
        ...contextViews(context).map((view) => view.worker(ports)),
        ...relaysOf(context).map((relay) => relayWorker(name, relay.published, ports, relay.name)),
        ...(consumes === null
          ? []
          : [
              consumerWorker({
                group: name,
                ...consumes,
                dispatch: gateway.dispatch,
                ports,
                // What operators decided stands in streams of another context; only the machinery reads them here.
                decisions: all.store,
                ...(recordedAt && { recordedAt }),
              }),
            ]),
        ...context.workers.map((worker) => modules.get(worker).worker()),
      ];
    }
  }
  Object.defineProperty(ContextModule, 'name', { value: `${context.name.charAt(0).toUpperCase()}${context.name.slice(1)}Module` });

  return {
    module: ContextModule,
    controllers: servesHttp ? [...context.http, ...http, ...commandControllersOf(context)] : [],
    // Within the module these take precedence over the ports and executor of the process.
    providers: [
      { provide: PORTS, useFactory: (all: Ports) => scopedPorts(all, context), inject: [ALL_PORTS] },
      { provide: Executor, useFactory: (ports: Ports, executors: Executors) => executors(ports), inject: [PORTS, EXECUTORS] },
      ...handled.map(({ Handler }) => Handler),
      ...context.workers,
      ...context.providers,
      ...settings,
    ],
    exports: [...context.exports],
  };
}

/** The relays that publish a context's events, each with the aggregates that it follows and a checkpoint of its own. */
export function relaysOf({
  name,
  aggregates,
}: Context): readonly { readonly name: string; readonly published: readonly PublishedAggregate[] }[] {
  const byRelay = Map.groupBy(aggregates, ({ relay }) => relay ?? name);
  return [...byRelay].flatMap(([relay, ofRelay]) => {
    const published = ofRelay.flatMap(({ of, publish }) =>
      publish === undefined ? [] : [{ aggregate: of as PublishedAggregate['aggregate'], publish }],
    );
    return published.length === 0 ? [] : [{ name: relay, published }];
  });
}
