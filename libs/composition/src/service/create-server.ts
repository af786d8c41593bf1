import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LIMITS } from '@onedoor/kernel';
import { ErrorFilter, frameworkLog, observeRequests, type Config, type ErrorForm, type Observation, type Ports } from '@onedoor/platform';
import { securityHeaders } from './security-headers.js';

export interface ServerOptions {
  readonly ports: Ports;
  readonly config: Config;
  readonly observation: Observation;
  /** The error forms of interfaces that have their own. */
  readonly errorForms: readonly ErrorForm[];
}

/** The HTTP server over a module, without its workers running and not listening yet. */
export async function createServer(
  module: DynamicModule,
  { ports, config, observation, errorForms }: ServerOptions,
): Promise<NestFastifyApplication> {
  const isBehindTls = config.ONEDOOR_BEHIND_TLS;
  const adapter = new FastifyAdapter({
    trustProxy: isBehindTls && isNextHop,
    bodyLimit: LIMITS.bodyBytes,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: frameworkLog(ports.alarm), abortOnError: false });
  observeRequests(adapter.getInstance() as never, observation, ports.entropy);
  adapter.getInstance().addHook('onSend', securityHeaders(isBehindTls));
  app.useGlobalFilters(new ErrorFilter(ports.alarm, errorForms));
  const limits = { fields: 100, fieldSize: LIMITS.bodyBytes, files: 1, fileSize: 1, headerPairs: 100 };
  await app.register(multipart as never, { attachFieldsToBody: 'keyValues', limits, onFile: refuseFile } as never);
  if (config.ONEDOOR_RATE_LIMIT > 0) await app.register(rateLimit as never, rateLimitOf(config.ONEDOOR_RATE_LIMIT) as never);
  return app;
}

/** Only the proxy that connects to us is believed about where a request came from; what others wrote before it is hearsay. */
const isNextHop = (_address: string, hop: number): boolean => hop === 0;

/** Posts are limited by client; reading is not. */
const rateLimitOf = (postsAMinute: number): object => ({
  max: postsAMinute,
  timeWindow: '1 minute',
  allowList: ({ method }: { readonly method: string }) => method !== 'POST',
});

/** Files are not kept yet: a photo that vanished in silence would be worse than a refusal that says so. */
function refuseFile(part: { readonly fieldname: string }): never {
  throw Object.assign(
    new Error(`${part.fieldname.slice(0, 100)}: files are not taken in yet; send the address of a picture as media_url`),
    { statusCode: 400 },
  );
}
