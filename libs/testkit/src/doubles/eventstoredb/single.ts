import { Faults, type Failure, type Fault } from './calls/faults.js';
import type { LogRouter } from './calls/log-router.js';
import { type EventStoreDbDouble, type EventStoreDbDoubleOptions, requireTls } from './double.js';
import type { DoubleLog } from './log/log.js';
import { openLog, type OpenLog } from './log/open-log.js';
import { DoubleNode } from './node/double-node.js';
import { addressOf, openTls, type OpenTls } from './tls/tls-files.js';

/** The double as a single node, which always leads. */
export class SingleDouble implements EventStoreDbDouble {
  readonly #faults = new Faults();
  readonly #node: DoubleNode;
  readonly #tls: OpenTls | null;
  readonly #opened: OpenLog;

  constructor(options: EventStoreDbDoubleOptions) {
    requireTls(options);
    this.#tls = openTls(options.tls);
    this.#opened = openLog(options);
    const here = { log: this.#log };
    const router: LogRouter = {
      log: this.#log,
      toRead: () => here,
      toWrite: () => here,
      members: () => [{ instanceId: this.#node.instanceId, isLeader: true, isAlive: true, host: this.#host, port: this.port }],
    };
    this.#node = new DoubleNode({ ...options, certificate: this.#tls?.certificate ?? null }, this.#faults, router);
  }

  get port(): number {
    return this.#node.port;
  }

  get connectionString(): string {
    return addressOf(this.#host, [this.port], this.#tls);
  }

  get openCalls(): number {
    return this.#node.calls.reads;
  }

  get openSubscriptions(): number {
    return this.#node.calls.subscriptions;
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
    this.#node.calls.dropSubscriptions(failure, this.port);
  }

  scavenge(stream: string): void {
    this.#log.scavenge(stream);
  }

  rewind(events: number): void {
    this.#log.rewind(events);
  }

  hang(): void {
    this.#node.hang();
  }

  resume(): void {
    this.#node.resume();
  }

  kill(): Promise<void> {
    return this.#node.kill();
  }

  start(): Promise<void> {
    return this.#node.start();
  }

  stop(): Promise<void> {
    return this.#node.stop();
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  async close(): Promise<void> {
    await this.kill();
    this.#opened.close();
    this.#tls?.close();
  }

  get #log(): DoubleLog {
    return this.#opened.log;
  }

  get #host(): string {
    return this.#tls?.certificate.hosts[0] ?? '127.0.0.1';
  }
}
