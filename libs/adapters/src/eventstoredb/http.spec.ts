import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { Unavailable } from '@onedoor/engine';
import { request } from './http.js';
import { connect } from './open.js';

/** Answers that never end. */
const ENDLESS: readonly (readonly [name: string, answer: (response: ServerResponse) => void])[] = [
  ['breaks off', (response) => response.write('{"data":', () => response.destroy())],
  ['comes drop by drop', (response) => void setInterval(() => response.write(' '), 100).unref()],
  ['is longer than any', (response) => response.end(' '.repeat(2 * 1024 * 1024))],
  ['never begins', () => undefined],
];

it.each(ENDLESS)('an answer of EventStoreDB’s HTTP interface that %s is a failure in time', async (_name, answer) => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { connection } = connect({ connectionString: `esdb://127.0.0.1:${(server.address() as AddressInfo).port}?tls=false` });
  const startedMs = performance.now();
  await expect(request(connection, 'GET', '/users/$current')).rejects.toThrow(Unavailable);
  expect(performance.now() - startedMs).toBeLessThan(10_000);
  await connection.close();
  server.closeAllConnections();
  server.close();
});
