import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';

const PRODUCE = 0;
const LENGTH_BYTES = 4;

export interface LossyProxy {
  /** Answers to a send that were lost so far, each after the broker had written. */
  lost(): number;
  close(): void;
}

/** Stands between clients and a broker, and cuts the connection instead of handing on every so-many-th answer to a send. */
export async function lossyProxy(port: number, brokerPort: number, everyNth: number): Promise<LossyProxy> {
  let answers = 0;
  let lost = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const broker = connect(brokerPort, '127.0.0.1');
    for (const socket of [client, broker]) sockets.add(socket);
    const cut = (): void => {
      client.destroy();
      broker.destroy();
    };
    for (const socket of [client, broker]) socket.on('close', cut).on('error', cut);
    const sends = new Set<number>();
    // A request begins with what is asked for, its version and a number, which begins the answer.
    eachFrame(client, (frame) => {
      if (frame.readInt16BE(LENGTH_BYTES) === PRODUCE) sends.add(frame.readInt32BE(LENGTH_BYTES + 4));
      broker.write(frame);
    });
    eachFrame(broker, (frame) => {
      const isLost = sends.delete(frame.readInt32BE(LENGTH_BYTES)) && ++answers % everyNth === 0;
      if (!isLost) return void client.write(frame);
      lost += 1;
      cut();
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    lost: () => lost,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Calls with each whole frame, its length included. */
function eachFrame(socket: Socket, take: (frame: Buffer) => void): void {
  let kept = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    kept = Buffer.concat([kept, chunk]);
    while (kept.length >= LENGTH_BYTES) {
      const size = LENGTH_BYTES + kept.readInt32BE(0);
      if (kept.length < size) return;
      take(kept.subarray(0, size));
      kept = kept.subarray(size);
    }
  });
}
