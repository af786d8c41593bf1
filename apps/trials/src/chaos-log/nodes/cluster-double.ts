import { join } from 'node:path';
import { DoubleProcess } from '../../double-process.js';
import { freePort } from '../../server-process.js';
import type { Nodes } from './nodes.js';

const NODES = 3;
/** Together with the 700 ms of failure detection, as long as a real cluster is without a leader. */
const ELECTION_MS = 1_000;

/** Doubles of three EventStoreDB nodes in one process, which takes commands about each node. */
export class ClusterDouble implements Nodes {
  readonly title = 'a cluster of three doubles';
  readonly count = NODES;

  private constructor(
    private readonly process: DoubleProcess,
    readonly url: string,
  ) {}

  static async start(folder: string): Promise<ClusterDouble> {
    const ports = await Promise.all(Array.from({ length: NODES }, () => freePort()));
    const options = [
      '--cluster',
      ports.join(','),
      '--control',
      '--election-ms',
      String(ELECTION_MS),
      '--file',
      join(folder, 'cluster.log'),
    ];
    const process = new DoubleProcess('eventstoredb', options);
    return new ClusterDouble(process, await process.start());
  }

  async leader(): Promise<number | null> {
    const [, node] = (await this.process.ask('leader')).split(' ');
    return node === undefined || node === 'none' ? null : Number(node);
  }

  kill(node: number): Promise<void> {
    return this.tell('kill', node);
  }

  stop(node: number): Promise<void> {
    return this.tell('stop', node);
  }

  start(node: number): Promise<void> {
    return this.tell('start', node);
  }

  hang(node: number): Promise<void> {
    return this.tell('hang', node);
  }

  resume(node: number): Promise<void> {
    return this.tell('resume', node);
  }

  close(): Promise<void> {
    return this.process.kill();
  }

  closeNow(): void {
    this.process.endNow();
  }

  private async tell(what: string, node: number): Promise<void> {
    const answer = await this.process.ask(`${what} ${node}`);
    if (answer !== `done ${what} ${node}`) throw new Error(`The cluster of doubles answered ${what} ${node} by: ${answer}`);
  }
}
