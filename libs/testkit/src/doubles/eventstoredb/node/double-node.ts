import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceError,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { Accounts } from '../accounts/accounts.js';
import { AccountGuard, OPEN_TO_ALL } from '../accounts/guard.js';
import { appendCall } from '../calls/append-call.js';
import { batchAppendCall } from '../calls/batch-append-call.js';
import type { DoubleContext } from '../calls/context.js';
import { deleteCall, tombstoneCall } from '../calls/delete-call.js';
import { type Faults, serviceError } from '../calls/faults.js';
import { featuresCall, gossipCall } from '../calls/discovery-calls.js';
import { type BatchCall, OpenCalls, type ReadCall } from '../calls/open-calls.js';
import { readCall } from '../calls/read-call.js';
import type { LogRouter } from '../calls/log-router.js';
import { GossipService, ServerFeaturesService, STREAMS_SERVICE } from '../wire/wire.js';
import type { NodeCertificate } from '../tls/certificate.js';
import { createDemultiplexer, type ProtocolHandlers } from './protocol-demultiplexer.js';
import { answerHttp } from './http-api.js';
import { NodePort } from './node-port.js';

/** The largest message that the server accepts. */
const MESSAGE_BYTES_MAX = 16 * 1024 * 1024 - 10_000;
/** Concurrent calls of one connection, the limit of the real server; further calls wait. */
const CALLS_PER_CONNECTION = 100;
/** Half for the subscription's channel, half for the outgoing buffer. */
const LIVE_BUFFER = 64;
/** How long a stopping server serves open calls. */
const STOP_SERVES_MS = 5_000;
/** How long closing connections may take to flush. */
const LAST_ANSWERS_MS = 200;

interface NodeOptions {
  readonly accounts?: boolean | undefined;
  /** Null, or absent, without TLS. */
  readonly certificate?: NodeCertificate | null;
  readonly port?: number | undefined;
  readonly liveBuffer?: number | undefined;
  readonly stopServesMs?: number | undefined;
}

type ConnectionInjector = ReturnType<Server['createConnectionInjector']>;
type NodeState = 'running' | 'hung' | 'stopping' | 'down';

/** One node behind its port. It can be hung, killed, stopped and started again, on the same port and over the same log. */
export class DoubleNode {
  readonly calls = new OpenCalls();
  readonly #connections: NodePort;
  readonly #context: DoubleContext;
  readonly #stopServesMs: number;
  #state: NodeState = 'down';
  #instanceId = randomUUID();
  #server: Server | null = null;
  #port: number;
  #grpc: ConnectionInjector | null = null;

  constructor(options: NodeOptions, faults: Faults, router: LogRouter) {
    const { port = 0, liveBuffer = LIVE_BUFFER, stopServesMs = STOP_SERVES_MS, accounts = false, certificate = null } = options;
    this.#port = port;
    this.#stopServesMs = stopServesMs;
    const users = accounts ? new Accounts(router) : null;
    const guard = users ? new AccountGuard(users, () => router.log) : OPEN_TO_ALL;
    this.#context = { guard, router, faults, calls: this.calls, liveBuffer, port: () => this.#port };
    const http = { accounts: users, members: () => router.members() };
    const targets: ProtocolHandlers = {
      onGrpc: (connection) => this.#grpc?.injectConnection(connection),
      onHttp: (request, response) => void answerHttp(http, request, response),
    };
    this.#connections = new NodePort(createDemultiplexer(targets, certificate));
  }

  get port(): number {
    return this.#port;
  }

  get instanceId(): string {
    return this.#instanceId;
  }

  get state(): NodeState {
    return this.#state;
  }

  async start(): Promise<void> {
    if (this.#state !== 'down') throw new Error(`The node on port ${this.#port} is ${this.#state}, so it cannot be started`);
    const server = new Server({
      'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
      'grpc.max_concurrent_streams': CALLS_PER_CONNECTION,
    });
    server.addService(STREAMS_SERVICE, this.#streamCalls());
    server.addService(ServerFeaturesService, {
      getSupportedMethods: (_call: ServerUnaryCall<unknown, SupportedMethods>, answer: sendUnaryData<SupportedMethods>) =>
        featuresCall(answer),
    });
    server.addService(GossipService, {
      read: (_call: ServerUnaryCall<unknown, ClusterInfo>, answer: sendUnaryData<ClusterInfo>) =>
        gossipCall(this.#context.router.members(), answer),
    });
    this.#grpc = server.createConnectionInjector(ServerCredentials.createInsecure());
    this.#port = await this.#connections.open(this.#port);
    this.#instanceId = randomUUID();
    this.#server = server;
    this.#state = 'running';
  }

  /** Refuses connections at once, serves open calls for `stopServesMs`, and aborts those still open then. */
  async stop(): Promise<void> {
    if (this.#state === 'hung') this.resume();
    if (this.#state !== 'running') return;
    this.#state = 'stopping';
    this.#connections.close();
    this.#grpc?.destroy();
    await this.#connections.drained(this.#stopServesMs);
    this.calls.refuseAll(aborted());
    await this.#connections.drained(LAST_ANSWERS_MS);
    await this.kill();
  }

  /** Fails like a killed process: connections break, the port is closed. */
  async kill(): Promise<void> {
    if (this.#state === 'down') return;
    this.#state = 'down';
    this.#connections.close();
    this.#connections.destroyConnections();
    const server = this.#server;
    this.#server = null;
    // Node asserts where a session is ended in the turn in which its socket closes, so the destroyed sockets close first.
    await this.#connections.drained(LAST_ANSWERS_MS);
    await nextTurn();
    server?.forceShutdown();
  }

  /** Accepts connections and answers nothing on any, like a halted process. */
  hang(): void {
    if (this.#state !== 'running') throw new Error(`The node on port ${this.#port} is ${this.#state}, so it cannot be hung`);
    this.#state = 'hung';
    this.#connections.hold();
  }

  /** Answers again, beginning with the calls that waited. */
  resume(): void {
    if (this.#state !== 'hung') throw new Error(`The node on port ${this.#port} is ${this.#state}, so it cannot be resumed`);
    this.#state = 'running';
    this.#connections.release();
  }

  #streamCalls(): UntypedServiceImplementation {
    const context = this.#context;
    return {
      append: (call: Parameters<typeof appendCall>[1], answer: Parameters<typeof appendCall>[2]) => appendCall(context, call, answer),
      batchAppend: (call: BatchCall) => batchAppendCall(context, call),
      read: (call: ReadCall) => readCall(context, call),
      delete: (call: Parameters<typeof deleteCall>[1], answer: Parameters<typeof deleteCall>[2]) => deleteCall(context, call, answer),
      tombstone: (call: Parameters<typeof tombstoneCall>[1], answer: Parameters<typeof tombstoneCall>[2]) =>
        tombstoneCall(context, call, answer),
    };
  }
}

/** The error of a call that is open when the server ends. */
const aborted = (): ServiceError => serviceError(status.INTERNAL, null, {}, 'Received RST_STREAM with code 2 (Internal server error)');
