import { instantOf, isInstant, msOf, type Instant } from '@onedoor/kernel';
import type { Checkpoints } from './ports/checkpoints.js';
import type { Clock } from './ports/clock.js';
import type { Entropy } from './ports/entropy.js';

/** Longer than any one call of an adapter takes; a killed holder keeps the others waiting so long. */
const LEASE_MS = 30_000;
/** A lease that lasts longer than this is not asked for anew. */
const AMPLE_MS = LEASE_MS / 2;
const HOLDER_BYTES = 8;

export interface LeasePorts {
  readonly checkpoints: Checkpoints;
  readonly clock: Clock;
  readonly entropy: Entropy;
}

/**
 * Lets one process at a time do what two must not do at once. Kept as a checkpoint that says until when and by whom it is held, and
 * moved by compare-and-set. It holds as far as the clocks of the processes agree to within some seconds, and as long as no step
 * that is begun under it takes longer than half of it.
 */
export class Lease {
  private readonly holder: string;
  private held: { readonly until: Instant; readonly value: string } | null = null;
  /** The call that is under way: others wait for its answer. */
  private asking: Promise<boolean> | null = null;

  constructor(
    private readonly name: string,
    private readonly ports: LeasePorts,
  ) {
    this.holder = ports.entropy.hex(HOLDER_BYTES);
  }

  /** Takes the lease or keeps it. False while another process holds it. */
  hold(): Promise<boolean> {
    if (this.held !== null && msOf(this.held.until) - msOf(this.ports.clock.now()) > AMPLE_MS) return Promise.resolve(true);
    this.asking ??= this.take().finally(() => (this.asking = null));
    return this.asking;
  }

  /** Gives it back, so that another process need not wait until it runs out. */
  async giveBack(): Promise<void> {
    const { held } = this;
    this.held = null;
    if (held !== null) await this.ports.checkpoints.advance(this.name, held.value, null);
  }

  private async take(): Promise<boolean> {
    const { checkpoints, clock } = this.ports;
    const now = clock.now();
    const found = await checkpoints.load(this.name);
    const isOfAnother = found !== null && found !== this.held?.value && untilOf(found) > now;
    const until = instantOf(msOf(now) + LEASE_MS);
    const value = `${until} ${this.holder}`;
    this.held = !isOfAnother && (await checkpoints.advance(this.name, found, value)) ? { until, value } : null;
    return this.held !== null;
  }
}

/** What is no lease is held by no process. */
function untilOf(value: string): Instant {
  const [until = ''] = value.split(' ');
  return isInstant(until) ? until : instantOf(0);
}
