import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import type { Config, ErrorForm, Ports } from '@onedoor/platform';

/** One process of the product: which contexts it holds, and nothing about what they stand on. */
export interface Service {
  /** As it is called in logs, traces and Kafka. */
  readonly name: string;
  /** Whether it holds the whole product, so that it may have a data folder to itself. */
  readonly isWhole: boolean;
  readonly errorForms: readonly ErrorForm[];
  /** The contexts and pages of this process. Ports, workers and what is noticed about the process are given to all of them. */
  modules(ports: Ports, config: Config): readonly DynamicModule[];
  /** What is done once everything is there and nothing runs yet. */
  prepare?(app: INestApplicationContext, ports: Ports, config: Config): Promise<void>;
  /** What else to say to whoever started it, a line each. */
  greeting?(config: Config): readonly string[];
}
