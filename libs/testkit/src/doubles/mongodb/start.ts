import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Commands } from './commands.js';
import type { Document } from './document.js';
import type { MongoDouble, MongoDoubleOptions } from './double.js';
import { MongoFaults } from './faults.js';
import { RetryableWrites } from './retryable-writes.js';
import { messagesIn, replyTo, type Request, requestOf } from './wire.js';

const HOST = '127.0.0.1';
const SET_NAME = 'double';
/** Commands without faults. */
const EXEMPT: ReadonlySet<string> = new Set(['hello', 'isMaster', 'ismaster', 'ping', 'endSessions']);

/** Resolves once the double listens. */
export async function startMongoDouble(options: MongoDoubleOptions = {}): Promise<MongoDouble> {
  const server = new MongoServer(options.onCommand ?? (() => undefined));
  await server.listen(options.port ?? 0);
  const { port, faults } = server;
  return {
    url: `mongodb://${HOST}:${port}/?replicaSet=${SET_NAME}`,
    port,
    faults,
    disconnect: () => server.disconnect(),
    stop: () => server.close(),
    start: () => server.listen(port),
    close: () => server.close(),
  };
}

class MongoServer {
  readonly faults = new MongoFaults();
  readonly #commands = new Commands(() => this.#hello(), this.faults);
  readonly #retryableWrites = new RetryableWrites();
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #lastReply = 0;
  port = 0;

  constructor(private readonly onCommand: (command: Document) => void) {}

  async listen(port: number): Promise<void> {
    const server = createServer((socket) => this.#serve(socket));
    server.listen(port, HOST);
    await once(server, 'listening');
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  disconnect(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = null;
    const closed = once(server, 'close');
    server.close();
    this.disconnect();
    await closed;
  }

  /** Answers the messages of a connection one after the other. */
  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let rest = Buffer.alloc(0);
    let answered = Promise.resolve();
    socket.on('data', (bytes: Buffer) => {
      const found = messagesIn(rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes);
      rest = Buffer.from(found.rest);
      for (const message of found.messages)
        answered = answered.then(() => this.#answer(socket, message)).catch(() => void socket.destroy());
    });
  }

  async #answer(socket: Socket, message: Buffer): Promise<void> {
    const request = requestOf(message);
    if (!request) throw new Error('no such kind of message');
    const name = Object.keys(request.command)[0] ?? '';
    if (EXEMPT.has(name)) return void this.#send(socket, request, this.#commands.answer(request.command));
    this.onCommand(request.command);
    const server = this.#server;
    if (this.faults.delayMs > 0) await pause(this.faults.delayMs, undefined, { ref: false });
    // What a server had not begun when it was stopped is not done after it was started again.
    if (this.#server !== server) return;
    const answer = this.faults.refusalOf(name, request.command) ?? this.faults.answerOf(name, this.#execute(request.command));
    const sent = this.faults.sentOf(name);
    if (sent === null) return void this.#send(socket, request, answer);
    if (sent === 'half') this.#sendHalf(socket, request, answer);
    else socket.destroy();
  }

  #execute(command: Document): Document {
    return this.#retryableWrites.answer(command, () => this.#commands.answer(command));
  }

  #send(socket: Socket, request: Request, answer: Document): void {
    if (!request.isUnanswered) socket.write(replyTo(request, answer, ++this.#lastReply));
  }

  #sendHalf(socket: Socket, request: Request, answer: Document): void {
    const reply = replyTo(request, answer, ++this.#lastReply);
    socket.write(reply.subarray(0, reply.length / 2), () => socket.destroy());
  }

  #hello(): Document {
    const me = `${HOST}:${this.port}`;
    return {
      helloOk: true,
      isWritablePrimary: this.faults.isPrimary,
      secondary: !this.faults.isPrimary,
      setName: SET_NAME,
      setVersion: 1,
      hosts: [me],
      ...(this.faults.isPrimary && { primary: me }),
      me,
      maxBsonObjectSize: 16_777_216,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      localTime: new Date(),
      logicalSessionTimeoutMinutes: 30,
      minWireVersion: 0,
      maxWireVersion: 21,
      readOnly: false,
    };
  }
}
