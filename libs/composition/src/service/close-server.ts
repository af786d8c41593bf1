import type { Server } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** How long requests that are in hand may take to end. */
const PATIENCE_MS = 3_000;

/**
 * Ends a server: no connection is taken any more, streams and workers end, and requests in hand get a moment. Then every connection that is
 * still open is broken off, whatever it does: an upload that stands still, a reader that takes nothing, one that never said anything.
 */
export async function closeServer(app: NestFastifyApplication, patienceMs = PATIENCE_MS): Promise<void> {
  const server = app.getHttpServer() as Server;
  server.close();
  const patience = setTimeout(() => server.closeAllConnections(), patienceMs);
  try {
    await app.close();
  } finally {
    clearTimeout(patience);
  }
}
