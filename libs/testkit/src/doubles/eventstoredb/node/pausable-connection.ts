import { Duplex } from 'node:stream';
import type { Socket } from 'node:net';

/**
 * A socket that can be held, as the kernel keeps that of a halted process: data from the client waits in the socket buffer, and nothing is
 * sent to it.
 */
export class PausableConnection extends Duplex {
  #isHeld = false;
  /** The write that waits for `release`; streams allow one at a time. */
  #pendingWrite: (() => void) | null = null;

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
    // A client that disconnects during a call is no error of the double.
    this.on('error', () => undefined);
  }

  hold(): void {
    this.#isHeld = true;
    this.socket.pause();
  }

  release(): void {
    this.#isHeld = false;
    this.#pendingWrite?.();
    this.#pendingWrite = null;
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
    if (this.#isHeld) this.#pendingWrite = act;
    else act();
  }
}
