import type { Instant } from '@onedoor/kernel';

/** A server that this process depends on, as its own calls find it. */
export interface Dependency {
  /** Its product's name, as in `EventStoreDB`: a label of metrics, so never an address. */
  readonly name: string;
  /** Whether HTTP requests fail while it is away. Otherwise only what follows them waits, and the process is as ready as before. */
  readonly holdsUpRequests: boolean;
  /** Null while it answers. */
  outage(): Outage | null;
}

export interface Outage {
  /** Since when no call succeeded. */
  readonly since: Instant;
  /** The kind of failure; never an address, a secret or personal data. */
  readonly reason: string;
}
