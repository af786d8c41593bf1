import { Duplex } from 'node:stream';
import type { Socket } from 'node:net';

/**
 * A connection that can be made to stand still, as the kernel keeps that of a process which was halted: what the client sends waits in
 * the socket, and nothing is sent to it.
 */
export class WireGate extends Duplex {
  #isHeld = false;
  #waiting: (() => void) | null = null;

  constructor(private readonly socket: Socket) {
    super({ allowHalfOpen: false });
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      if (!this.push(chunk) || this.#isHeld) socket.pause();
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
    socket.pause();
    // A client that goes away mid-call is no failure of the double.
    this.on('error', () => undefined);
  }

  hold(): void {
    this.#isHeld = true;
    this.socket.pause();
  }

  release(): void {
    this.#isHeld = false;
    this.#waiting?.();
    this.#waiting = null;
    this.socket.resume();
  }

  override _read(): void {
    if (!this.#isHeld) this.socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#unlessHeld(() => this.socket.write(chunk, done));
  }

  override _writev(chunks: { readonly chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#unlessHeld(() => this.socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done));
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#unlessHeld(() => this.socket.end(() => done()));
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.socket.destroy();
    done(error);
  }

  #unlessHeld(act: () => void): void {
    if (this.#isHeld) this.#waiting = act;
    else act();
  }
}
