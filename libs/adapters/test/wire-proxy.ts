import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface WireProxy {
  readonly port: number;
  /** Connections that are open now. */
  readonly connections: number;
  /** Connections that were ever made. */
  readonly made: number;
  /** Breaks every connection. */
  cut(): void;
  /** Keeps and accepts connections and forwards nothing, until `release`. */
  hold(): void;
  release(): void;
  /** Forwards what the server sends from now on with a delay. */
  slowDown(delayMs: number): void;
  close(): void;
}

/** A TCP proxy for any protocol, which cuts, holds and delays connections as networks do. */
export async function wireProxy(host: string, port: number): Promise<WireProxy> {
  let isHeld = false;
  let made = 0;
  let delayMs = 0;
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((client) => {
    const pair = [client, connect(port, host)] as const;
    pairs.add(pair);
    made += 1;
    const end = (): void => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    const [, upstream] = pair;
    client.pipe(upstream);
    upstream.on('data', (bytes) => {
      if (delayMs === 0) client.write(bytes);
      else setTimeout(() => client.write(bytes), delayMs).unref();
    });
    for (const socket of pair) {
      socket.on('close', end).on('error', end);
      if (isHeld) socket.cork();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const [client, upstream] of [...pairs]) {
      client.destroy();
      upstream.destroy();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return pairs.size;
    },
    get made() {
      return made;
    },
    cut,
    slowDown: (ms) => {
      delayMs = ms;
    },
    hold: () => {
      isHeld = true;
      for (const pair of pairs) for (const socket of pair) socket.cork();
    },
    release: () => {
      isHeld = false;
      for (const pair of pairs) for (const socket of pair) socket.uncork();
    },
    close: () => {
      server.close();
      cut();
    },
  };
}
