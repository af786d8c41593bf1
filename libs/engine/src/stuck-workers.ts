import { fieldsOf, isInstant } from '@onedoor/kernel';
import type { Checkpoints } from './ports/checkpoints.js';
import type { Stall } from './stalls.js';

/** One entry for all processes: a dozen workers, and rarely any of them. */
const NAME = 'stuck-workers';
/** Attempts to change it beside other processes. */
const ATTEMPTS = 10;

/**
 * Which workers are stuck, in any process of the city, stored among the checkpoints, so that a command that examines the data beside
 * running processes can tell. What a process that was killed left here is removed by the next start of that worker.
 */
export class StuckWorkers {
  constructor(private readonly checkpoints: Checkpoints) {}

  async all(): Promise<ReadonlyMap<string, Stall>> {
    return read(await this.checkpoints.load(NAME));
  }

  /** Stores the stall of a worker, or removes it. Best effort: it is for a report, and another process may change it meanwhile. */
  async set(worker: string, stall: Stall | null): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const found = await this.checkpoints.load(NAME);
      const stuck = new Map(read(found));
      if (stall === null && !stuck.delete(worker)) return;
      if (stall !== null) stuck.set(worker, stall);
      const next = stuck.size === 0 ? null : JSON.stringify(Object.fromEntries(stuck));
      if (await this.checkpoints.advance(NAME, found, next)) return;
    }
  }
}

/** Entries of another form count as none: it is a report, and never a reason to fail. */
function read(text: string | null): ReadonlyMap<string, Stall> {
  const stuck = fieldsOf(parsed(text)) ?? {};
  return new Map(Object.entries(stuck).filter((entry): entry is [string, Stall] => isStall(entry[1])));
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function isStall(value: unknown): value is Stall {
  const { since, on, reason, failures } = fieldsOf(value) ?? {};
  return (
    typeof since === 'string' &&
    isInstant(since) &&
    (on === null || typeof on === 'string') &&
    typeof reason === 'string' &&
    typeof failures === 'number'
  );
}
