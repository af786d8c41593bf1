import { type sendUnaryData, Server, ServerCredentials, type ServerUnaryCall, type UntypedServiceImplementation } from '@grpc/grpc-js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { appendCall } from './append-call.js';
import { batchAppendCall } from './batch-append-call.js';
import type { DoubleContext } from './context.js';
import { deleteCall, tombstoneCall } from './delete-call.js';
import { type Fault, type Failure, Faults } from './faults.js';
import { featuresCall } from './features-call.js';
import { DoubleLog } from './log.js';
import { OpenReads, type ReadCall } from './open-reads.js';
import { readCall } from './read-call.js';
import type { EventStoreDbDouble, EventStoreDbDoubleOptions } from './double.js';
import { ServerFeaturesService, STREAMS_SERVICE } from './wire.js';

/** What one message to the server may hold. */
const MESSAGE_BYTES_MAX = 16 * 1024 * 1024 - 10_000;
/** Calls of one connection at a time, as the server's own web server allows; more wait. */
const CALLS_PER_CONNECTION = 100;
/** Half for the subscription's channel, half for what goes out. */
const LIVE_BUFFER = 64;

/** The double behind its ports: one log, served by one server after another. */
export class DoubleServer implements EventStoreDbDouble {
  readonly #log = new DoubleLog();
  readonly #faults = new Faults();
  readonly #reads = new OpenReads();
  readonly #context: DoubleContext;
  #server: Server | null = null;
  #port: number;

  constructor({ port = 0, liveBuffer = LIVE_BUFFER }: EventStoreDbDoubleOptions) {
    this.#port = port;
    this.#context = { log: this.#log, faults: this.#faults, reads: this.#reads, liveBuffer, port: () => this.#port };
  }

  get port(): number {
    return this.#port;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.#port}?tls=false`;
  }

  get openCalls(): number {
    return this.#reads.count;
  }

  get openSubscriptions(): number {
    return this.#reads.subscriptions;
  }

  get eventCount(): number {
    return this.#log.length;
  }

  inject(fault: Fault): void {
    this.#faults.inject(fault);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  dropSubscriptions(failure: Failure): void {
    this.#reads.dropSubscriptions(failure, this.#port);
  }

  scavenge(stream: string): void {
    this.#log.scavenge(stream);
  }

  rewind(events: number): void {
    this.#log.rewind(events);
  }

  async start(): Promise<void> {
    const server = new Server({ 'grpc.max_receive_message_length': MESSAGE_BYTES_MAX, 'grpc.max_concurrent_streams': CALLS_PER_CONNECTION });
    server.addService(STREAMS_SERVICE, this.#streamCalls());
    server.addService(ServerFeaturesService, {
      getSupportedMethods: (_call: ServerUnaryCall<unknown, SupportedMethods>, answer: sendUnaryData<SupportedMethods>) => featuresCall(answer),
    });
    this.#port = await new Promise<number>((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${this.#port}`, ServerCredentials.createInsecure(), (error, port) => (error ? reject(error) : resolve(port))),
    );
    this.#server = server;
  }

  async stop(): Promise<void> {
    this.#server?.forceShutdown();
    this.#server = null;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  close(): Promise<void> {
    return this.stop();
  }

  #streamCalls(): UntypedServiceImplementation {
    const context = this.#context;
    return {
      append: (call: Parameters<typeof appendCall>[1], answer: Parameters<typeof appendCall>[2]) => appendCall(context, call, answer),
      batchAppend: (call: Parameters<typeof batchAppendCall>[1]) => batchAppendCall(context, call),
      read: (call: ReadCall) => void readCall(context, call),
      delete: (call: Parameters<typeof deleteCall>[1], answer: Parameters<typeof deleteCall>[2]) => deleteCall(context, call, answer),
      tombstone: (call: Parameters<typeof tombstoneCall>[1], answer: Parameters<typeof tombstoneCall>[2]) => tombstoneCall(context, call, answer),
    };
  }
}
