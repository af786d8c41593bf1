import { Faults, type Failure, type Fault } from './calls/faults.js';
import type { Standing } from './calls/standing.js';
import type { EventStoreDbDouble, EventStoreDbDoubleOptions } from './double.js';
import { DoubleLog } from './log/log.js';
import { DoubleNode } from './node/double-node.js';

/** The double as one node, which always leads itself. */
export class SingleDouble implements EventStoreDbDouble {
  readonly #log = new DoubleLog().found();
  readonly #faults = new Faults();
  readonly #node: DoubleNode;

  constructor(options: EventStoreDbDoubleOptions) {
    const here = { log: this.#log };
    const standing: Standing = {
      toRead: () => here,
      toWrite: () => here,
      members: () => [{ instanceId: this.#node.instanceId, isLeader: true, isAlive: true, host: '127.0.0.1', port: this.port }],
    };
    this.#node = new DoubleNode(options, this.#faults, standing);
  }

  get port(): number {
    return this.#node.port;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
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

  close(): Promise<void> {
    return this.kill();
  }
}
