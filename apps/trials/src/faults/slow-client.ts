import { connect, type Socket } from 'node:net';

/** What a client of a socket got, and how its connection ended. */
export interface SocketEnd {
  /** Of the first answer; null where none came. */
  readonly status: number | null;
  readonly ms: number;
}

/** A client that sends its pieces one by one, as slowly as it is told, and reads until the connection ends. */
export class SlowClient {
  private readonly socket: Socket;
  private readonly startedMs = performance.now();
  private text = '';
  private timer: NodeJS.Timeout | null = null;
  readonly ended: Promise<SocketEnd>;

  constructor(url: string, pieces: readonly string[], everyMs: number) {
    const { hostname, port } = new URL(url);
    this.socket = connect(Number(port), hostname);
    this.socket.on('data', (bytes: Buffer) => (this.text += bytes.toString('latin1')));
    this.socket.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      this.socket.once('close', () => {
        if (this.timer !== null) clearInterval(this.timer);
        resolve({ status: this.status, ms: performance.now() - this.startedMs });
      });
    });
    this.send([...pieces], everyMs);
  }

  private send(pieces: string[], everyMs: number): void {
    this.socket.write(pieces.shift() ?? '');
    if (pieces.length === 0) return;
    this.timer = setInterval(() => this.socket.write(pieces.shift() ?? ''), everyMs);
  }

  private get status(): number | null {
    const found = /^HTTP\/1\.1 (\d{3})/.exec(this.text)?.[1];
    return found === undefined ? null : Number(found);
  }

  /** Sends no more, as a client does that ends in the middle; what is answered is still read. */
  finish(): void {
    this.socket.end();
  }

  /** Takes nothing of what is answered any more. */
  stopReading(): void {
    this.socket.pause();
  }

  /** Breaks the connection off. */
  abort(): void {
    this.socket.destroy();
  }
}
