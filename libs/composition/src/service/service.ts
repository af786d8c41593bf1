import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import type { Config, ErrorForm, Ports } from '@onedoor/platform';

/** What an app adds to the contexts of its process, such as a demonstration. */
export interface ServiceHooks {
  /** Modules beside the contexts. Ports, workers and what is noticed about the process are given to all of them. */
  modules?(ports: Ports, config: Config): readonly DynamicModule[];
  /** Runs once everything is there and before any worker runs. What it throws keeps the process from starting. */
  prepare?(app: INestApplicationContext, ports: Ports, config: Config): Promise<void>;
  /** Further lines on standard output once the process answers. */
  greeting?(config: Config): readonly string[];
}

/** One process of the product: which contexts it holds, and nothing about what they stand on. */
export interface Service extends ServiceHooks {
  /** As it is called in logs, traces and Kafka. */
  readonly name: string;
  /** Whether it holds the whole product, so that it may have a data folder to itself. */
  readonly isWhole: boolean;
  readonly errorForms: readonly ErrorForm[];
  /** The contexts, and the modules of the hooks. */
  modules(ports: Ports, config: Config): readonly DynamicModule[];
}
