import { forwardTimeout, type LogRouter, noLeaderInfo, notLeader, notReady, type Route } from '../calls/log-router.js';
import { Faults, type Failure, type Fault } from '../calls/faults.js';
import { type EventStoreDbCluster, type EventStoreDbClusterOptions, requireTls } from '../double.js';
import type { DoubleLog } from '../log/log.js';
import { openLog, type OpenLog } from '../log/open-log.js';
import { DoubleNode } from '../node/double-node.js';
import { addressOf, openTls, type OpenTls } from '../tls/tls-files.js';
import { Election } from './election.js';
import { Replica } from './replica.js';

const NODES = 3;
const ELECTION_MS = 2_000;
const FOLLOWER_DELAY_MS = 200;
const FAILURE_NOTICED_MS = 700;
/** After which a follower gives up a forwarded append that the leader does not answer. */
const FORWARD_MS = 2_000;

interface ClusterNode {
  readonly node: DoubleNode;
  readonly replica: Replica;
}

/** The double as several nodes, each with its own log. Changes of the leader's log are replicated to the others. */
export class ClusterDouble implements EventStoreDbCluster {
  readonly #faults = new Faults();
  readonly #nodes: readonly ClusterNode[];
  readonly #election: Election;
  readonly #host: string;
  readonly #tls: OpenTls | null;
  readonly #opened: OpenLog;
  /** The node that leads or led last: its log is the source of replication. */
  #source = 0;

  constructor({ nodes = NODES, ports = [], followerDelayMs = FOLLOWER_DELAY_MS, ...options }: EventStoreDbClusterOptions) {
    const { electionMs = ELECTION_MS, failureNoticedMs = FAILURE_NOTICED_MS } = options;
    requireTls(options);
    this.#tls = openTls(options.tls);
    const { advertise = this.#tls ? 'name' : 'ip' } = options;
    this.#host = advertise === 'ip' ? '127.0.0.1' : (this.#tls?.certificate.hosts[0] ?? 'localhost');
    this.#opened = openLog(options);
    this.#election = new Election(nodes, { electionMs, failureNoticedMs }, (node) => this.#lead(node));
    this.#nodes = Array.from({ length: nodes }, (_none, index) => {
      const certificate = this.#tls?.certificate ?? null;
      const node = new DoubleNode({ ...options, certificate, port: ports[index] }, this.#faults, this.#routerOf(index));
      return { node, replica: new Replica(index === 0 ? this.#opened.log : this.#opened.copy(), followerDelayMs) };
    });
    for (const [index, { replica }] of this.#nodes.entries()) {
      replica.log.onChange((change) => {
        if (index !== this.#source) return;
        for (const [other, { replica }] of this.#nodes.entries()) if (other !== index) replica.enqueue(change);
      });
    }
  }

  async open(): Promise<void> {
    for (const { node } of this.#nodes) await node.start();
  }

  get ports(): readonly number[] {
    return this.#nodes.map(({ node }) => node.port);
  }

  get leader(): number | null {
    return this.#election.leader;
  }

  get connectionString(): string {
    return addressOf(this.#host, this.ports, this.#tls);
  }

  get openCalls(): number {
    return this.#nodes.reduce((sum, { node }) => sum + node.calls.reads, 0);
  }

  get openSubscriptions(): number {
    return this.#nodes.reduce((sum, { node }) => sum + node.calls.subscriptions, 0);
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
    for (const { node } of this.#nodes) node.calls.dropSubscriptions(failure, node.port);
  }

  scavenge(stream: string): void {
    this.#log.scavenge(stream);
  }

  rewind(events: number): void {
    this.#log.rewind(events);
  }

  async kill(node: number): Promise<void> {
    this.#election.nodeLeft(node);
    await this.#at(node).node.kill();
  }

  hang(node: number): void {
    this.#at(node).node.hang();
    this.#election.nodeLeft(node);
  }

  resume(node: number): void {
    this.#election.nodeReturned(node);
    this.#at(node).node.resume();
  }

  async stop(node: number): Promise<void> {
    this.#election.nodeLeft(node);
    await this.#at(node).node.stop();
  }

  async start(node: number): Promise<void> {
    await this.#at(node).node.start();
    this.#election.nodeRestarted(node);
  }

  async close(): Promise<void> {
    this.#election.close();
    for (const { node, replica } of this.#nodes) {
      replica.close();
      await node.kill();
    }
    this.#opened.close();
    this.#tls?.close();
  }

  get #log(): DoubleLog {
    return this.#at(this.#source).replica.log;
  }

  #at(index: number): ClusterNode {
    const found = this.#nodes[index];
    if (!found) throw new Error(`The cluster has no node ${index}: its nodes are numbered from 0 to ${this.#nodes.length - 1}`);
    return found;
  }

  /** A new leader first applies all replicated changes, so it has every acknowledged event. */
  #lead(index: number): void {
    this.#at(index).replica.catchUp();
    this.#source = index;
  }

  #routerOf(index: number): LogRouter {
    const own = () => this.#at(index).replica.log;
    const here = (): Route => ({ log: own() });
    const leads = () => this.leader === index;
    return {
      get log() {
        return own();
      },
      toRead: (requiresLeader) => (requiresLeader && !leads() ? this.#toLeader() : here()),
      toWrite: (requiresLeader) => {
        if (leads()) return here();
        if (requiresLeader) return this.#toLeader();
        if (this.leader === null) return { error: notReady(), afterMs: 0 };
        const { node, replica } = this.#at(this.leader);
        return node.state === 'running' ? { log: replica.log } : { error: forwardTimeout(), afterMs: FORWARD_MS };
      },
      members: () =>
        this.#nodes.map(({ node }, other) => ({
          instanceId: node.instanceId,
          isLeader: other === this.leader,
          isAlive: !this.#election.isKnownAway(other),
          host: this.#host,
          port: node.port,
        })),
    };
  }

  /** The refusal of a node that does not lead. */
  #toLeader(): Route {
    if (this.leader === null) return { error: noLeaderInfo(), afterMs: 0 };
    return { error: notLeader(this.#host, this.#at(this.leader).node.port), afterMs: 0 };
  }
}
