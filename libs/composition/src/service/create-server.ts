import rateLimit from '@fastify/rate-limit';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LIMITS } from '@onedoor/kernel';
import {
  compressAnswers,
  edgeOptions,
  ErrorAnswers,
  ErrorFilter,
  frameworkLog,
  guardEdge,
  networkOf,
  observeRequests,
  type Config,
  type EdgeTimes,
  type ErrorForm,
  type Observation,
  type Ports,
} from '@onedoor/platform';

export interface ServerOptions {
  readonly ports: Ports;
  readonly config: Config;
  readonly observation: Observation;
  /** The error forms of interfaces that have their own. */
  readonly errorForms: readonly ErrorForm[];
  /** How long a client may take, where it is not as long as usual. */
  readonly times?: EdgeTimes;
}

/** The HTTP server over a module, without its workers running and not listening yet. */
export async function createServer(
  module: DynamicModule,
  { ports, config, observation, errorForms, times }: ServerOptions,
): Promise<NestFastifyApplication> {
  const isBehindTls = config.ONEDOOR_BEHIND_TLS;
  const answers = new ErrorAnswers(errorForms, isBehindTls);
  const adapter = new FastifyAdapter({
    ...edgeOptions(answers, times),
    trustProxy: isBehindTls && isNextHop,
    bodyLimit: LIMITS.bodyBytes,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: frameworkLog(ports.alarm),
    abortOnError: false,
    bodyParser: false,
  });
  observeRequests(adapter.getInstance() as never, observation, ports.entropy);
  guardEdge(app, adapter.getInstance() as never, answers);
  adapter.getInstance().addHook('onSend', compressAnswers as never);
  app.useGlobalFilters(new ErrorFilter(ports.alarm, errorForms));
  if (config.ONEDOOR_RATE_LIMIT > 0) await app.register(rateLimit as never, rateLimitOf(config.ONEDOOR_RATE_LIMIT) as never);
  return app;
}

/** Only the proxy that connects to us is believed about where a request came from; what others wrote before it is hearsay. */
const isNextHop = (_address: string, hop: number): boolean => hop === 0;

/** Posts are limited by network address here, and by api key and cost where those are known. */
const rateLimitOf = (postsAMinute: number): object => ({
  max: postsAMinute,
  timeWindow: '1 minute',
  keyGenerator: ({ ip }: { readonly ip: string }) => networkOf(ip),
  allowList: ({ method }: { readonly method: string }) => method !== 'POST',
});
