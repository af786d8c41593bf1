import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface WireProxy {
  readonly port: number;
  /** Connections that are open now. */
  readonly connections: number;
  /** Breaks every connection. */
  cut(): void;
  /** Keeps and takes connections and hands nothing on, until `release`. */
  hold(): void;
  release(): void;
  close(): void;
}

/** Stands between clients and a server, whatever they speak, and does to connections what networks do. */
export async function wireProxy(host: string, port: number): Promise<WireProxy> {
  let isHeld = false;
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((client) => {
    const pair = [client, connect(port, host)] as const;
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    const [, upstream] = pair;
    client.pipe(upstream);
    upstream.pipe(client);
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
    cut,
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
