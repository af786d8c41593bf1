import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LIMITS } from '@onedoor/kernel';
import { OPEN311_ERRORS } from '@onedoor/intake';
import { ErrorFilter, type Config, type Ports } from '@onedoor/platform';
import { StandaloneModule } from './standalone.module.js';

/** The HTTP server over given ports, without its workers running and not listening yet. */
export async function createServer(ports: Ports, config: Config): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: LIMITS.bodyBytes, routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 } });
  const app = await NestFactory.create<NestFastifyApplication>(StandaloneModule.of(ports, config), adapter, { logger: ['error', 'warn'], abortOnError: false });
  app.useGlobalFilters(new ErrorFilter(ports.alarm, [OPEN311_ERRORS]));
  const limits = { fields: 100, fieldSize: LIMITS.bodyBytes, files: 1, fileSize: 1, headerPairs: 100 };
  await app.register(multipart as never, { attachFieldsToBody: 'keyValues', limits, onFile: refuseFile } as never);
  if (config.ONEDOOR_RATE_LIMIT > 0) await app.register(rateLimit as never, rateLimitOf(config.ONEDOOR_RATE_LIMIT) as never);
  return app;
}

/** Posts are limited by client; reading is not. */
const rateLimitOf = (postsAMinute: number): object => ({
  max: postsAMinute,
  timeWindow: '1 minute',
  allowList: ({ method }: { readonly method: string }) => method !== 'POST',
});

/** Files are not kept yet: a photo that vanished in silence would be worse than a refusal that says so. */
function refuseFile(part: { readonly fieldname: string }): never {
  throw Object.assign(new Error(`${part.fieldname.slice(0, 100)}: files are not taken in yet; send the address of a picture as media_url`), { statusCode: 400 });
}
