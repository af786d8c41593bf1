import { type Admission, forwardTimeout, noLeaderInfo, notLeader, notReady, type Standing } from '../calls/standing.js';
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
/** A follower gives up an append that the leader does not answer. */
const FORWARD_MS = 2_000;

interface Place {
  readonly node: DoubleNode;
  readonly replica: Replica;
}

/** The double as several nodes. Each has a log of its own; what is written to the leader's is brought to the others. */
export class ClusterDouble implements EventStoreDbCluster {
  readonly #faults = new Faults();
  readonly #places: readonly Place[];
  readonly #election: Election;
  readonly #host: string;
  readonly #tls: OpenTls | null;
  readonly #opened: OpenLog;
  /** Whose log was the last to be written to. */
  #source = 0;

  constructor({ nodes = NODES, ports = [], followerDelayMs = FOLLOWER_DELAY_MS, ...options }: EventStoreDbClusterOptions) {
    const { electionMs = ELECTION_MS, failureNoticedMs = FAILURE_NOTICED_MS } = options;
    requireTls(options);
    this.#tls = openTls(options.tls);
    const { advertise = this.#tls ? 'name' : 'ip' } = options;
    this.#host = advertise === 'ip' ? '127.0.0.1' : (this.#tls?.certificate.hosts[0] ?? 'localhost');
    this.#opened = openLog(options);
    this.#election = new Election(nodes, { electionMs, failureNoticedMs }, (node) => this.#lead(node));
    this.#places = Array.from({ length: nodes }, (_none, index) => {
      const certificate = this.#tls?.certificate ?? null;
      const node = new DoubleNode({ ...options, certificate, port: ports[index] }, this.#faults, this.#standingOf(index));
      return { node, replica: new Replica(index === 0 ? this.#opened.log : this.#opened.copy(), followerDelayMs) };
    });
    for (const [index, { replica }] of this.#places.entries()) {
      replica.log.onChange((change) => {
        if (index !== this.#source) return;
        for (const [other, { replica }] of this.#places.entries()) if (other !== index) replica.take(change);
      });
    }
  }

  async open(): Promise<void> {
    for (const { node } of this.#places) await node.start();
  }

  get ports(): readonly number[] {
    return this.#places.map(({ node }) => node.port);
  }

  get leader(): number | null {
    return this.#election.leader;
  }

  get connectionString(): string {
    return addressOf(this.#host, this.ports, this.#tls);
  }

  get openCalls(): number {
    return this.#places.reduce((sum, { node }) => sum + node.calls.reads, 0);
  }

  get openSubscriptions(): number {
    return this.#places.reduce((sum, { node }) => sum + node.calls.subscriptions, 0);
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
    for (const { node } of this.#places) node.calls.dropSubscriptions(failure, node.port);
  }

  scavenge(stream: string): void {
    this.#log.scavenge(stream);
  }

  rewind(events: number): void {
    this.#log.rewind(events);
  }

  async kill(node: number): Promise<void> {
    this.#election.left(node);
    await this.#at(node).node.kill();
  }

  hang(node: number): void {
    this.#at(node).node.hang();
    this.#election.left(node);
  }

  resume(node: number): void {
    this.#election.cameBack(node);
    this.#at(node).node.resume();
  }

  async stop(node: number): Promise<void> {
    this.#election.left(node);
    await this.#at(node).node.stop();
  }

  async start(node: number): Promise<void> {
    await this.#at(node).node.start();
    this.#election.restarted(node);
  }

  async close(): Promise<void> {
    this.#election.close();
    for (const { node, replica } of this.#places) {
      replica.close();
      await node.kill();
    }
    this.#opened.close();
    this.#tls?.close();
  }

  get #log(): DoubleLog {
    return this.#at(this.#source).replica.log;
  }

  #at(index: number): Place {
    const place = this.#places[index];
    if (!place) throw new Error(`The cluster has no node ${index}: its nodes are numbered from 0 to ${this.#places.length - 1}`);
    return place;
  }

  /** A node that begins to lead has all that was acknowledged. */
  #lead(index: number): void {
    this.#at(index).replica.catchUp();
    this.#source = index;
  }

  #standingOf(index: number): Standing {
    const places = () => this.#at(index);
    const here = (): Admission => ({ log: places().replica.log });
    const leads = () => this.leader === index;
    return {
      get log() {
        return places().replica.log;
      },
      toRead: (requiresLeader) => (requiresLeader && !leads() ? this.#notHere() : here()),
      toWrite: (requiresLeader) => {
        if (leads()) return here();
        if (requiresLeader) return this.#notHere();
        if (this.leader === null) return { error: notReady(), afterMs: 0 };
        const { node, replica } = this.#at(this.leader);
        return node.state === 'running' ? { log: replica.log } : { error: forwardTimeout(), afterMs: FORWARD_MS };
      },
      members: () =>
        this.#places.map(({ node }, other) => ({
          instanceId: node.instanceId,
          isLeader: other === this.leader,
          isAlive: !this.#election.isNoticed(other),
          host: this.#host,
          port: node.port,
        })),
    };
  }

  #notHere(): Admission {
    if (this.leader === null) return { error: noLeaderInfo(), afterMs: 0 };
    return { error: notLeader(this.#host, this.#at(this.leader).node.port), afterMs: 0 };
  }
}
