import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import type { NodeCertificate } from '../tls/certificate.js';

/** How a connection of HTTP/2 begins, and none of HTTP/1.1. */
const PREFACE = 'PRI';

export interface FrontTargets {
  readonly onGrpc: (connection: Duplex) => void;
  readonly onHttp: (request: IncomingMessage, response: ServerResponse) => void;
}

/** Sorts the connections of one port: gRPC to one side, plain HTTP/1.1 to the other, both behind TLS where there is a certificate. */
export function createFront({ onGrpc, onHttp }: FrontTargets, certificate: NodeCertificate | null): (connection: Duplex) => void {
  const http = createHttpServer(onHttp);
  const sort = (connection: Duplex): void => {
    connection.once('readable', () => {
      const begin = connection.read() as Buffer | null;
      if (begin === null) return connection.destroyed || connection.readableEnded ? undefined : sort(connection);
      connection.unshift(begin);
      if (PREFACE.startsWith(begin.subarray(0, PREFACE.length).toString('latin1'))) onGrpc(connection);
      else http.emit('connection', connection);
    });
  };
  if (certificate === null) return sort;
  const tls = createTlsServer({ cert: certificate.certificate, key: certificate.key, ALPNProtocols: ['h2', 'http/1.1'] }, sort);
  return (connection) => tls.emit('connection', connection);
}
