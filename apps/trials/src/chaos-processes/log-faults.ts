import { setTimeout as pause } from 'node:timers/promises';
import type { DoubleProcess } from '../double-process.js';

const KINDS = ['kill', 'hang', 'stop', 'kill', 'hang'] as const;
const LONGEST_CALM_MS = 2_500;
const LOOK_MS = 50;
const LONGEST_AWAY_MS = 500;
const SHORTEST_HANG_MS = 2_000;
const LONGEST_HANG_MS = 6_000;

/** Kills, halts and gracefully stops the log repeatedly during the trial. */
export class LogFaults {
  private faults = 0;

  /** The next fault waits until `isDue` of the number so far, which spreads them over the trial: services need a log to start. */
  constructor(
    private readonly log: DoubleProcess,
    private readonly isDue: (faults: number) => boolean,
  ) {}

  get count(): number {
    return this.faults;
  }

  /** When it resolves, the log runs. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(Math.random() * LONGEST_CALM_MS);
      while (!signal.aborted && !this.isDue(this.faults)) await pause(LOOK_MS);
      if (signal.aborted) return;
      await this.injectFault(KINDS[this.faults % KINDS.length] ?? 'kill');
      this.faults += 1;
    }
  }

  private async injectFault(kind: (typeof KINDS)[number]): Promise<void> {
    if (kind === 'hang') {
      this.log.hang();
      await pause(SHORTEST_HANG_MS + Math.random() * (LONGEST_HANG_MS - SHORTEST_HANG_MS));
      this.log.resume();
      return;
    }
    await (kind === 'kill' ? this.log.kill() : this.log.stop());
    await pause(Math.random() * LONGEST_AWAY_MS);
    await this.log.start();
  }
}
