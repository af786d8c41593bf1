import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import type { NodeCertificate } from '../tls/certificate.js';

/** The begin of the HTTP/2 connection preface, which no HTTP/1.1 request has. */
const PREFACE = 'PRI';

export interface ProtocolHandlers {
  readonly onGrpc: (connection: Duplex) => void;
  readonly onHttp: (request: IncomingMessage, response: ServerResponse) => void;
}

/** Hands each connection of a port to the gRPC or the HTTP/1.1 handler by its first bytes, after TLS where there is a certificate. */
export function createDemultiplexer(
  { onGrpc, onHttp }: ProtocolHandlers,
  certificate: NodeCertificate | null,
): (connection: Duplex) => void {
  const http = createHttpServer(onHttp);
  const demultiplex = (connection: Duplex): void => {
    connection.once('readable', () => {
      const begin = connection.read() as Buffer | null;
      if (begin === null) return connection.destroyed || connection.readableEnded ? undefined : demultiplex(connection);
      connection.unshift(begin);
      if (PREFACE.startsWith(begin.subarray(0, PREFACE.length).toString('latin1'))) onGrpc(connection);
      else http.emit('connection', connection);
    });
  };
  if (certificate === null) return demultiplex;
  const tls = createTlsServer({ cert: certificate.certificate, key: certificate.key, ALPNProtocols: ['h2', 'http/1.1'] }, demultiplex);
  return (connection) => tls.emit('connection', connection);
}
