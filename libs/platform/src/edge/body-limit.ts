import { RouteConfig } from '@nestjs/platform-fastify';
import { LIMITS } from '@onedoor/kernel';
import { mostBytesOf } from '../openapi/most-bytes.js';
import type { Schema } from '../openapi/schema.js';

/** The largest body that a path takes: as large as its description allows, and for every path the usual limit at least. */
export const bodyLimitOf = (schema: Schema): number => Math.max(LIMITS.bodyBytes, mostBytesOf(schema));

/** The body of a route, where its description may allow more than the usual limit. */
export const TakesBody = (schema: Schema): MethodDecorator => RouteConfig({ bodyLimit: bodyLimitOf(schema) });

/** The part of Fastify's route that the limit is read from. */
interface RegisteredRoute {
  bodyLimit?: number | undefined;
  readonly config?: { readonly bodyLimit?: number } | undefined;
}

/** The part of Fastify that tells of its routes, before they are made. */
export interface RegisteringServer {
  addHook(name: 'onRoute', hook: (route: RegisteredRoute) => void): unknown;
}

/** Gives each route the limit that was declared by `TakesBody`; the others keep the server's. */
export function limitBodies(server: RegisteringServer): void {
  server.addHook('onRoute', (route) => {
    const declared = route.config?.bodyLimit;
    if (declared !== undefined) route.bodyLimit = declared;
  });
}
