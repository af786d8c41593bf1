import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';

/** What becomes of an answer: it passes as it is or rewritten, the connection ends before it or in the middle of it, or it never comes. */
export type Fate = 'passes' | 'is lost' | 'is cut' | 'is held' | Buffer;

/** Decides by the answer and its request, both as complete frames. */
export type Tamper = (request: Buffer, answer: Buffer) => Fate;

/** How a protocol cuts its stream into frames, and says which answer belongs to which request. */
interface Wire {
  sizeOf(bytes: Buffer): number;
  requestId(request: Buffer): number;
  answeredId(answer: Buffer): number;
}

/** The size does not count itself. A request begins with its API key, version and correlation id; the answer with that id. */
export const KAFKA: Wire = {
  sizeOf: (bytes) => 4 + bytes.readInt32BE(0),
  requestId: (request) => request.readInt32BE(8),
  answeredId: (answer) => answer.readInt32BE(4),
};
export const MONGODB: Wire = {
  sizeOf: (bytes) => bytes.readInt32LE(0),
  requestId: (request) => request.readInt32LE(4),
  answeredId: (answer) => answer.readInt32LE(8),
};

/** The API key of a request to Kafka. */
export const apiOf = (request: Buffer): number => request.readInt16BE(4);

export interface LossyProxy {
  readonly port: number;
  /** Answers that did not pass unchanged, each after the server had executed its request. */
  harmed(): number;
  close(): void;
}

interface LossyProxyOptions {
  readonly wire: Wire;
  /** Where the server listens. */
  readonly serverPort: number;
  /** Where the proxy listens; a free one when absent. */
  readonly port?: number;
  readonly tamper: Tamper;
}

/** A proxy between clients and a server that tampers with answers. */
export async function lossyProxy({ wire, serverPort, port = 0, tamper }: LossyProxyOptions): Promise<LossyProxy> {
  let harmed = 0;
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(serverPort, '127.0.0.1');
    for (const socket of [client, server]) sockets.add(socket);
    const end = (): void => {
      for (const socket of [client, server]) {
        socket.destroy();
        sockets.delete(socket);
      }
    };
    for (const socket of [client, server]) socket.on('close', end).on('error', end);
    const requests = new Map<number, Buffer>();
    eachFrame(client, wire, (request) => {
      requests.set(wire.requestId(request), request);
      server.write(request);
    });
    eachFrame(server, wire, (answer) => {
      const id = wire.answeredId(answer);
      const fate = tamper(requests.get(id) ?? Buffer.alloc(0), answer);
      requests.delete(id);
      if (fate !== 'passes') harmed += 1;
      if (fate === 'passes') client.write(answer);
      else if (fate === 'is lost') end();
      else if (fate === 'is cut') client.write(answer.subarray(0, answer.length / 2), end);
      else if (fate !== 'is held') client.write(fate);
    });
  });
  proxy.listen(port, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    port: (proxy.address() as AddressInfo).port,
    harmed: () => harmed,
    close: () => {
      proxy.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

const HEADER_BYTES = 4;

/** Calls with each whole frame, its size included. */
function eachFrame(socket: Socket, wire: Wire, take: (frame: Buffer) => void): void {
  let kept = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    kept = Buffer.concat([kept, chunk]);
    while (kept.length >= HEADER_BYTES) {
      const size = wire.sizeOf(kept);
      if (kept.length < size) return;
      take(kept.subarray(0, size));
      kept = kept.subarray(size);
    }
  });
}
