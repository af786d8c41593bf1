import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const REQUEST_TIMEOUT_MS = 30_000;

/**
 * A second port of the same application, on this machine only: what came in by it counts as asked by the operator. Rejects where the port
 * is taken.
 */
export async function listenForOperators(app: NestFastifyApplication, port: number): Promise<Server> {
  const fastify = app.getHttpAdapter().getInstance();
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => fastify.routing(request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
