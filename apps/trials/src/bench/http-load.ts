import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly answered: number;
  /** When the first request was sent and the last one answered (`performance.now()`). */
  readonly startedMs: number;
  readonly endedMs: number;
}

const BODY = 'api_key=demo-key&service_code=pothole&lat=42.35&long=-71.06&description=Deep%2C+by+the+bus+stop&first_name=Ada';
const HEAD = [
  'POST /open311/v2/requests.json HTTP/1.1',
  'Host: bench',
  'Content-Type: application/x-www-form-urlencoded',
  `Content-Length: ${BODY.length}`,
];

/**
 * Runs `clients` clients with one connection each, which post the next Open311 request once the last one is answered. Writes HTTP by hand,
 * because a client library would cost more than the measured server.
 */
export async function postFor(port: number, clients: number, durationMs: number): Promise<Load> {
  const latencies: number[] = [];
  const startedMs = performance.now();
  const until = startedMs + durationMs;
  await Promise.all(Array.from({ length: clients }, () => client(port, until, latencies)));
  const endedMs = performance.now();
  latencies.sort((one, other) => one - other);
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
  const answered = latencies.length;
  return { perSecond: (answered / (endedMs - startedMs)) * 1_000, p50Ms: at(0.5), p99Ms: at(0.99), answered, startedMs, endedMs };
}

async function client(port: number, until: number, latencies: number[]): Promise<void> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  try {
    while (performance.now() < until) {
      const started = performance.now();
      await post(socket);
      latencies.push(performance.now() - started);
    }
  } finally {
    socket.destroy();
  }
}

function post(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < end + 4 + length) return;
      settle();
      if (text.startsWith('HTTP/1.1 200')) resolve();
      else reject(new Error(`A good request was answered with ${text.slice(0, 400)}`));
    };
    const onEnd = (error?: Error): void => {
      settle();
      reject(error ?? new Error('The server hung up'));
    };
    const onClose = (): void => onEnd();
    const settle = (): void => {
      socket.off('data', onData);
      socket.off('error', onEnd);
      socket.off('close', onClose);
    };
    socket.on('data', onData);
    socket.once('error', onEnd);
    socket.once('close', onClose);
    socket.write([...HEAD, `Idempotency-Key: ${randomUUID()}`, '', BODY].join('\r\n'));
  });
}
