import { instantOf, isInstant, msOf, type Instant } from '@onedoor/kernel';
import type { Checkpoints } from './ports/checkpoints.js';
import type { Clock } from './ports/clock.js';
import type { Entropy } from './ports/entropy.js';

/** Longer than any single call of an adapter takes. After a holder was killed, the others wait this long. */
const LEASE_MS = 30_000;
/** A lease that lasts longer than this is not renewed yet. */
const AMPLE_MS = LEASE_MS / 2;
const HOLDER_BYTES = 8;

export interface LeasePorts {
  readonly checkpoints: Checkpoints;
  readonly clock: Clock;
  readonly entropy: Entropy;
}

/**
 * A lease that one process at a time holds. It is stored as a checkpoint that names its expiry and its holder, and changed by
 * compare-and-set. It excludes other processes as long as the clocks of all of them agree to within some seconds, and no step that
 * is begun under it takes longer than half of it.
 */
export class Lease {
  private readonly holder: string;
  private held: { readonly until: Instant; readonly value: string } | null = null;
  /** The acquisition in progress: concurrent calls await its result. */
  private acquiring: Promise<boolean> | null = null;

  constructor(
    private readonly name: string,
    private readonly ports: LeasePorts,
  ) {
    this.holder = ports.entropy.hex(HOLDER_BYTES);
  }

  /** Acquires the lease or renews it. False while another process holds it. */
  acquire(): Promise<boolean> {
    if (this.held !== null && msOf(this.held.until) - msOf(this.ports.clock.now()) > AMPLE_MS) return Promise.resolve(true);
    this.acquiring ??= this.take().finally(() => (this.acquiring = null));
    return this.acquiring;
  }

  /** Releases it, so that another process need not wait for its expiry. */
  async release(): Promise<void> {
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

/** The expiry of a lease; a value of another form counts as expired. */
function untilOf(value: string): Instant {
  const [until = ''] = value.split(' ');
  return isInstant(until) ? until : instantOf(0);
}
