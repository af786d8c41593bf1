import { join } from 'node:path';
import { DoubleProcess } from '../../double-process.js';
import { freePort } from '../../server-process.js';
import type { Nodes } from './nodes.js';

/** One double of EventStoreDB as a process, which is killed, stopped and halted by signals; its log is in a file. */
export class SingleDouble implements Nodes {
  readonly title = 'one double';
  readonly count = 1;

  private constructor(
    private readonly process: DoubleProcess,
    readonly url: string,
  ) {}

  static async start(folder: string): Promise<SingleDouble> {
    const process = new DoubleProcess('eventstoredb', [String(await freePort()), '--file', join(folder, 'single.log')]);
    return new SingleDouble(process, await process.start());
  }

  leader(): Promise<number> {
    return Promise.resolve(0);
  }

  kill(): Promise<void> {
    return this.process.kill();
  }

  stop(): Promise<void> {
    return this.process.stop();
  }

  async start(): Promise<void> {
    await this.process.start();
  }

  async hang(): Promise<void> {
    this.process.hang();
  }

  async resume(): Promise<void> {
    this.process.resume();
  }

  close(): Promise<void> {
    return this.process.kill();
  }

  closeNow(): void {
    this.process.endNow();
  }
}
